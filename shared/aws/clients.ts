// Makes the AWS clients, each once a cold start. Endpoint, region and credentials come from the SDK's own
// environment variables (AWS_ENDPOINT_URL among them), so nothing here knows where it runs.

import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The client of each service, by what is kept there or goes through it. */
export interface AwsClients {
  readonly table: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly sns: SNSClient;
  readonly cloudFront: CloudFrontClient;
}

export function createTableClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

/** Without `WHEN_REQUIRED`, the SDK would sign the checksum of an empty body into every pre-signed PUT. */
export function createS3Client(): S3Client {
  return new S3Client({
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** Queue URLs are names here, not addresses: behind a local endpoint they need not resolve. */
export function createSqsClient(): SQSClient {
  return new SQSClient({ useQueueUrlAsEndpoint: false });
}

export function createSnsClient(): SNSClient {
  return new SNSClient({});
}

export function createCloudFrontClient(): CloudFrontClient {
  return new CloudFrontClient({});
}
