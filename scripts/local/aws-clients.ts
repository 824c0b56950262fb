// The SDK clients that provisioning and polling use against one endpoint.
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Credentials } from './credentials.ts';

export interface AwsClients {
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBClient;
}

/** One client a service; `destroy` each when done. */
export function createClients(options: {
  maxAttempts?: number;
  endpoint: string;
  region: string;
  credentials: Credentials;
}): AwsClients {
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
    dynamodb: new DynamoDBClient(options),
  };
}
