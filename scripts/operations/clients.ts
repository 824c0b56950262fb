// The AWS clients of an operator's tool: of a deployed stage, of the laptop, or of any endpoint that is named.
// The one reader of the environment among these tools.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localCredentials } from '../local/credentials.ts';
import { loopbackHost, readSettings } from '../local/settings.ts';

export interface OperatorClients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly table: DynamoDBDocumentClient;
}

export interface Connection {
  readonly clients: OperatorClients;
  readonly stage: string;
  readonly region: string;
  /** For people: the endpoint, or AWS itself. */
  readonly place: string;
  /** An emulator of AWS, whose every service is one process. */
  readonly isEmulated: boolean;
}

const laptopStage = 'dev';
const defaultRegion = 'eu-central-1';

/** Opens the clients. With a stage and no AWS_ENDPOINT_URL, this is AWS, with the SDK's usual credentials. */
export function connect(options: { stage?: string | undefined; region?: string | undefined }): Connection {
  const region = options.region ?? process.env['AWS_REGION'] ?? defaultRegion;
  const stage = options.stage ?? laptopStage;
  const { remote, awsPort } = readSettings('darkroom');
  if (options.stage !== undefined && remote === undefined) {
    return { clients: createClients({ region }), stage, region, place: `AWS ${region}`, isEmulated: false };
  }
  const endpoint = remote?.endpoint ?? `http://${loopbackHost}:${awsPort}`;
  const credentials = remote?.credentials ?? localCredentials;
  return {
    clients: createClients({ region, endpoint, credentials }),
    stage,
    region,
    place: endpoint,
    isEmulated: true,
  };
}

function createClients(options: {
  region: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string };
}): OperatorClients {
  const isEmulated = options.endpoint !== undefined;
  const marshallOptions = { removeUndefinedValues: true };
  return {
    s3: new S3Client({ ...options, forcePathStyle: isEmulated, requestChecksumCalculation: 'WHEN_REQUIRED' }),
    sns: new SNSClient(options),
    // Behind an emulated endpoint, queue URLs are names and not addresses.
    sqs: new SQSClient({ ...options, useQueueUrlAsEndpoint: !isEmulated }),
    table: DynamoDBDocumentClient.from(new DynamoDBClient(options), { marshallOptions }),
  };
}
