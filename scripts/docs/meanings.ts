// What the tables in the documentation say of each code and variable. The types make a new one impossible to forget.

import type { configSchemas } from '../../shared/config.ts';
import type { FailureCode } from '../../shared/domain/errors.ts';
import type { Status } from '../../shared/domain/status.ts';
import type { HandledAs } from '../../shared/processing/journal.ts';
import type { SettingName } from '../local/settings.ts';

type Schemas = typeof configSchemas;
type ConfigVariable = { [F in keyof Schemas]: keyof Schemas[F]['shape'] }[keyof Schemas];

export const failureMeanings: Record<FailureCode, string> = {
  'unsupported-format':
    'The bytes are of no format that Darkroom reads, whatever the name or the claim says.',
  'corrupt-image': 'The file is of a known format and cannot be decoded: truncated, damaged, empty.',
  'too-many-pixels': 'The picture has more pixels than its format may have.',
  'too-many-frames': 'The animation or document has more frames or pages than allowed.',
  'too-large': 'The file has more bytes than allowed.',
  'too-expensive': 'Decoding took more time or memory than one image may take.',
  'malformed-message': 'The message is not an S3 notification. It never belonged to an image.',
  'dependency-unavailable': 'S3, DynamoDB, SNS or SQS was out of reach, throttling or answering 5xx.',
  internal: 'Not foreseen: access denied, or a defect of Darkroom. Look at the log.',
};

export const statusMeanings: Record<Status, string> = {
  'awaiting-upload': 'URL issued, nothing in S3 yet',
  processing: 'the original arrived',
  ready: 'every rendition stored, metadata known',
  rejected: 'the file is at fault: permanent, not retried',
  failed: 'the system was at fault and the retries ran out',
  expired: 'never uploaded in time',
  deleted: 'the owner deleted it, or its original was removed; the API answers 404',
};

/** Of the workers' lines in the log. */
export const outcomeMeanings: Record<HandledAs, string> = {
  done: 'the task is settled',
  rejected: 'the file is at fault; the message went to the rejections',
  failed: 'the last receive failed; the task is settled so, and the message goes to the DLQ',
  'will retry': 'a later receive tries again',
  'retries are over': 'no receive follows, and the work ended without a result',
  'claim lost': 'another attempt took the work over meanwhile, and settles it',
  duplicate: 'another message of the same event has the work, or had it',
  held: 'an earlier receive of the message may still be at it',
  'settled before':
    'an earlier receive settled it and did not live to be acknowledged; what it left undone is done',
  superseded: 'the record knows a newer event',
  'deleted before':
    'the image was deleted, or its upload came too late; what was stored again is deleted again',
  'original gone': 'the original is not there any more, or is another one',
  deleted: 'the original was removed, and the image is deleted',
  'not mine': 'a removal, which the other worker works on',
};

export const configMeanings: Record<ConfigVariable, string> = {
  DARKROOM_STAGE: 'The stage, by which metrics are told apart.',
  IMAGES_TABLE: 'The table of image records.',
  ORIGINALS_BUCKET: 'Where clients upload to.',
  RENDITIONS_BUCKET: 'Where renditions are stored.',
  DELIVERY_URL: 'Where renditions are delivered from; empty where that is their bucket.',
  DELIVERY_KEY_ID: 'What CloudFront knows the key by that URLs are signed with; empty where they need none.',
  DELIVERY_PRIVATE_KEY: 'That key, which Secrets Manager keeps.',
  DISTRIBUTION_ID: 'The distribution that is told what was deleted; empty where there is none.',
  UPLOADS_TOPIC_ARN: 'Where S3 announces originals.',
  IMAGE_EVENTS_TOPIC_ARN: 'Where image events are published.',
  ORIGINAL_SOURCES:
    'Where originals may lie, as `bucket/prefix,…`: the stage’s own first, then those to backfill. Events of other places are refused.',
  QUEUE_URL: 'The worker’s queue.',
  DEAD_LETTER_QUEUE_URL: 'The worker’s DLQ.',
  REJECTIONS_QUEUE_URL: 'Where the messages of files go that are at fault.',
  MAX_UPLOAD_BYTES: 'The largest file that an upload URL is issued for, in bytes.',
  UPLOAD_EXPIRY_SECONDS: 'How long an upload URL can be used.',
  MAX_OPEN_UPLOADS: 'How many uploads of an owner may be asked for whose work has not ended.',
  MAX_IMAGES: 'How many images an owner may have.',
  MAX_STORED_BYTES: 'How many bytes the originals of an owner may have.',
  MAX_REJECTED_PER_HOUR: 'After so many rejected files an owner gets no upload URL within the hour.',
  CURSOR_KEY: 'The secret that cursors of lists are signed with, which the stack makes up.',
  MAX_RECEIVE_COUNT: 'Receives before SQS moves a message to the DLQ.',
  VISIBILITY_TIMEOUT_SECONDS: 'How long a received message stays hidden: six times the function’s timeout.',
  RETRY_BACKOFF_BASE_SECONDS: 'The first retry’s longest wait; each one after waits up to four times longer.',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE:
    'Megabytes, set by Lambda itself: one original a vCPU is rendered at a time.',
  UNISSUED_OWNER: 'Whose images are that no upload URL was issued for.',
  SEPARATE_OWNERS:
    'Whether a process that renders serves no second owner: see docs/security.md for what it costs.',
  LD_LIBRARY_PATH: 'Set by Lambda itself: where Node finds its libraries, handed on to the imaging process.',
  RECONCILE_MAX_IMAGES: 'How many images one run of the reconciler settles at most.',
};

export const laptopMeanings: Record<SettingName, string> = {
  apiPort: 'The API’s port.',
  awsPort: 'The port of the embedded S3, SNS, SQS and DynamoDB.',
  dataDir: 'Where all state lives. Delete the folder to begin anew.',
  endpoint: 'Another AWS-compatible endpoint to provision and use instead of the embedded engines.',
  accessKeyId: 'Key for that endpoint; that of the data folder when absent.',
  secretAccessKey: 'The secret of that key.',
};

/** By name, as below `params:` in serverless.yml. */
export const parameterMeanings: Readonly<Record<string, string>> = {
  allowedOrigins:
    'Origins of pages that may call the API and upload from a browser, separated by commas; `*` only in dev and test.',
  jwtIssuer: 'The issuer of tokens to believe, by its URL; empty for a user pool of the stack’s own.',
  jwtAudience: 'The audience of that issuer’s tokens.',
  signInClientId:
    'The client ID of the page that is deployed with the stack, at the provider that `jwtIssuer` names; without it, that page is not deployed.',
  signInCallbacks:
    'Where a browser may return to after signing in at the user pool, beside the page that is deployed with the stack; several with commas.',
  alarmEmail: 'Who is told by alarms and by the budget; without an address, only the console shows them.',
  budgetDollars:
    'What the account may cost a month, in US dollars, before its operators are told; 0 for no budget. Outside of AWS’s own partition there is none.',
  delivery:
    'Where renditions are fetched from: `private`, a CloudFront distribution and signed URLs; `public`, one that serves whoever has a URL; `none`, the bucket, by pre-signed URLs.',
  deliveryDomain: 'A host name of your own for the distribution.',
  deliveryCertificate: 'The ARN of that name’s certificate, in us-east-1.',
  deliveryKeys:
    'The folder in which `npm run delivery-keys` notes a stage’s public keys: made before the first deployment, and committed.',
  logLevel: 'How much functions log: INFO or DEBUG. Metrics are lines of INFO, and would be lost above it.',
  systemLogLevel:
    'How much Lambda itself logs: WARN for what failed, INFO for each invocation with its memory and billed milliseconds, or DEBUG.',
  maxUploadBytes: 'The largest upload, in bytes.',
  uploadExpirySeconds: 'How long an upload URL can be used.',
  maxOpenUploads: 'Uploads that an owner may have open.',
  maxImages: 'Images that an owner may have.',
  maxStoredBytes: 'Bytes of originals that an owner may have.',
  maxRejectedPerHour: 'Rejected files of an owner, within an hour, after which no upload URL is issued.',
  workerTimeoutSeconds: 'The workers’ function timeout.',
  visibilityTimeoutSeconds: 'The queues’ visibility timeout: six times the workers’ timeout.',
  retryBackoffBaseSeconds: 'The first retry’s longest wait.',
  maxReceiveCount: 'Receives before the DLQ.',
  foreignOriginals: 'Buckets to backfill beside the stage’s own, as `bucket/prefix,bucket/prefix`.',
  unissuedOwner:
    'The owner of images that no upload URL was issued for, as those of a backfill: an owner ID, or `unowned`, whom no token names.',
  separateOwners: 'Whether a process that renders serves no second owner.',
  throttleRate: 'Requests a second to the whole API, beyond which API Gateway answers 429.',
  throttleBurst: 'Requests at the same moment, beyond which API Gateway answers 429.',
  workerConcurrency: 'Functions of each worker that run at the same time; AWS takes 2 at least.',
  deletionProtection:
    'Whether stack, table and user pool refuse to be deleted: see docs/deploy.md for the first deployment, and the last.',
  canary:
    'How fast functions move to new versions: `off`, at once and by CloudFormation; otherwise by CodeDeploy, which takes a release back when an alarm rings (docs/release.md): `AllAtOnce`, `Linear10PercentEvery1Minute`, `Canary10Percent5Minutes` and so on, as CodeDeploy calls them.',
  dataDeletionPolicy: 'What removing the stack does to buckets and table.',
};
