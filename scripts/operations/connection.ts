// The SDK clients of every tool: of a deployed stage, of the laptop, or of any endpoint that is named.
// With region.ts, the one reader of the environment among the operator's tools.
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { readCredentials } from '../local/credentials.ts';
import { loopbackHost, readSettings } from '../local/settings.ts';
import { explainErrors } from './explained-errors.ts';
import { placeOf, regionOr } from './region.ts';

export interface SdkClients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly table: DynamoDBDocumentClient;
  readonly logs: CloudWatchLogsClient;
  readonly cloudFront: CloudFrontClient;
  readonly cloudFormation: CloudFormationClient;
}

export interface Place {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  /** Over AWS_ENDPOINT_URL. */
  readonly endpoint?: string | undefined;
  /** The laptop's data folder, whose key calls are signed with; that of the settings when absent. */
  readonly dataDir?: string | undefined;
}

export interface Connection {
  readonly clients: SdkClients;
  readonly stage: string;
  readonly region: string;
  /** For people: the endpoint, or AWS itself. */
  readonly place: string;
  /** An emulator of AWS, whose every service is one process. */
  readonly isEmulated: boolean;
}

const laptopStage = 'dev';

/** Opens the clients. With a stage and no endpoint, this is AWS, with the SDK's usual credentials. */
export function connect(given: Place): Connection {
  const connection = open(given);
  explainErrors({ ...connection.clients }, connection);
  return connection;
}

function open(given: Place): Connection {
  const region = regionOr(given.region);
  const stage = given.stage ?? laptopStage;
  const { remote, awsPort, dataDir } = readSettings('darkroom');
  const named = given.endpoint ?? remote?.endpoint;
  if (given.stage !== undefined && named === undefined) {
    return { clients: createClients({ region }), stage, region, place: placeOf(region), isEmulated: false };
  }
  const endpoint = named ?? `http://${loopbackHost}:${awsPort}`;
  const credentials =
    (given.endpoint === undefined && remote?.credentials) || readCredentials(given.dataDir ?? dataDir);
  const clients = createClients({ region, endpoint, credentials });
  return { clients, stage, region, place: endpoint, isEmulated: true };
}

function createClients(options: {
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}): SdkClients {
  const isEmulated = options.endpoint !== undefined;
  const marshallOptions = { removeUndefinedValues: true };
  return {
    s3: new S3Client({ ...options, forcePathStyle: isEmulated, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    sns: new SNSClient(options),
    // Behind an emulated endpoint, queue URLs are names and not addresses.
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: !isEmulated }),
    table: DynamoDBDocumentClient.from(new DynamoDBClient(options), { marshallOptions }),
    logs: new CloudWatchLogsClient(options),
    cloudFront: new CloudFrontClient(options),
    cloudFormation: new CloudFormationClient(options),
  };
}
