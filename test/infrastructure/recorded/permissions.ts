// What IAM is asked when a command of the SDK is sent: which action, on which resource, with which keys of the request.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
import { actionOf, attributesOf, type TableRequest } from '../support/recorded-calls.ts';

export interface Permission {
  /** As in a policy: `s3:GetObject`. */
  readonly action: string;
  /** A name, URL or ARN, and what is below it: `bucket/key`. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

// biome-ignore lint/suspicious/noExplicitAny: inputs are as many shapes as there are commands
type Input = any;

const object =
  (action: string) =>
  ({ Bucket, Key }: Input): Permission[] => [{ action, resource: `${Bucket}/${Key}` }];
const onQueue =
  (action: string) =>
  ({ QueueUrl }: Input): Permission[] => [{ action, resource: QueueUrl }];

const asked: Readonly<Record<string, (input: Input) => readonly Permission[]>> = {
  PutObjectCommand: ({ Bucket, Key, IfNoneMatch }) => [
    {
      ...{ action: 's3:PutObject', resource: `${Bucket}/${Key}` },
      ...(IfNoneMatch !== undefined && { context: { 's3:if-none-match': IfNoneMatch } }),
    },
  ],
  GetObjectCommand: object('s3:GetObject'),
  HeadObjectCommand: object('s3:GetObject'),
  DeleteObjectCommand: object('s3:DeleteObject'),
  DeleteObjectsCommand: ({ Bucket, Delete }) =>
    Delete.Objects.flatMap(({ Key }: Input) => object('s3:DeleteObject')({ Bucket, Key })),
  ListObjectsV2Command: ({ Bucket, Prefix }) => [listing(Bucket, Prefix)],
  PublishCommand: ({ TopicArn }) => [{ action: 'sns:Publish', resource: TopicArn }],
  SendMessageCommand: onQueue('sqs:SendMessage'),
  ReceiveMessageCommand: onQueue('sqs:ReceiveMessage'),
  DeleteMessageCommand: onQueue('sqs:DeleteMessage'),
  GetQueueAttributesCommand: onQueue('sqs:GetQueueAttributes'),
  ChangeMessageVisibilityCommand: onQueue('sqs:ChangeMessageVisibility'),
  // Which distribution it is does not matter: a stage has one at most.
  CreateInvalidationCommand: () => [{ action: 'cloudfront:CreateInvalidation', resource: 'Distribution' }],
  QueryCommand: ({ TableName, IndexName }) => [
    { action: 'dynamodb:Query', resource: `${TableName}/index/${IndexName}` },
  ],
  BatchGetItemCommand: ({ RequestItems }) =>
    Object.keys(RequestItems).map((resource) => ({ action: 'dynamodb:BatchGetItem', resource })),
  ...Object.fromEntries(
    ['GetItemCommand', 'PutItemCommand', 'UpdateItemCommand'].map((name) => [
      name,
      (input: Input) => [ofTable(name, input)],
    ]),
  ),
};

/** S3 asks this, the key as the prefix, before it answers 404: without it, 403. */
const listing = (bucket: string, prefix: string): Permission => ({
  ...{ action: 's3:ListBucket', resource: bucket, context: { 's3:prefix': prefix } },
});

function ofTable(name: string, input: Input): Permission {
  return {
    action: actionOf(name),
    resource: input.TableName,
    context: { 'dynamodb:Attributes': attributesOf(input as TableRequest) },
  };
}

/** @throws Error for a command that nobody has told what IAM is asked about it */
export function permissionsFor(commandName: string, input: unknown): readonly Permission[] {
  const permissions = asked[commandName];
  if (permissions === undefined)
    throw new Error(`Say in ${import.meta.url} what IAM is asked for ${commandName}`);
  return permissions(input);
}

/** What IAM is asked beside, when an object turns out not to be there. */
export function permissionsForMissing(input: {
  readonly Bucket?: string;
  readonly Key?: string;
}): Permission[] {
  return input.Bucket === undefined || input.Key === undefined ? [] : [listing(input.Bucket, input.Key)];
}
