// THE price list: AWS's list prices of us-east-1 in US dollars, free tiers left out. They change and differ by region, so each
// names its page.

/** When the list was last gone through. It is held against no page by any test: compare before a decision rests on a figure. */
export const pricesAsOf = '2026-11-27';

export interface Price {
  readonly service: string;
  readonly unit: string;
  readonly dollars: number;
  /** For so many units. */
  readonly per: number;
  readonly source: string;
}

const lambda = 'https://aws.amazon.com/lambda/pricing/';
const s3 = 'https://aws.amazon.com/s3/pricing/';
const dynamoDb = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const cloudWatch = 'https://aws.amazon.com/cloudwatch/pricing/';
const cloudFront = 'https://aws.amazon.com/cloudfront/pricing/';
const million = 1_000_000;

export const prices = {
  lambdaGbSeconds: {
    ...{ service: 'Lambda', unit: 'GB-seconds (arm64)', dollars: 0.0000133334, per: 1, source: lambda },
  },
  lambdaRequests: { service: 'Lambda', unit: 'requests', dollars: 0.2, per: million, source: lambda },
  apiRequests: {
    ...{ service: 'API Gateway', unit: 'HTTP API requests', dollars: 1, per: million },
    source: 'https://aws.amazon.com/api-gateway/pricing/',
  },
  s3Writes: { service: 'S3', unit: 'PUT and LIST requests', dollars: 0.005, per: 1000, source: s3 },
  s3Reads: { service: 'S3', unit: 'GET requests', dollars: 0.0004, per: 1000, source: s3 },
  s3GbMonths: { service: 'S3', unit: 'GB stored for a month', dollars: 0.023, per: 1, source: s3 },
  s3GbOut: { service: 'S3', unit: 'GB to the internet', dollars: 0.09, per: 1, source: s3 },
  snsPublishes: {
    ...{
      service: 'SNS',
      unit: 'publishes',
      dollars: 0.5,
      per: million,
      source: 'https://aws.amazon.com/sns/pricing/',
    },
  },
  sqsRequests: {
    ...{
      service: 'SQS',
      unit: 'requests',
      dollars: 0.4,
      per: million,
      source: 'https://aws.amazon.com/sqs/pricing/',
    },
  },
  dynamoDbWrites: {
    service: 'DynamoDB',
    unit: 'write units',
    dollars: 0.625,
    per: million,
    source: dynamoDb,
  },
  dynamoDbReads: { service: 'DynamoDB', unit: 'read units', dollars: 0.125, per: million, source: dynamoDb },
  /** The table, and its continuous backup. */
  dynamoDbGbMonths: {
    ...{
      service: 'DynamoDB',
      unit: 'GB stored and backed up for a month',
      dollars: 0.45,
      per: 1,
      source: dynamoDb,
    },
  },
  logGb: { service: 'CloudWatch', unit: 'GB of logs', dollars: 0.5, per: 1, source: cloudWatch },
  customMetrics: { service: 'CloudWatch', unit: 'custom metrics', dollars: 0.3, per: 1, source: cloudWatch },
  alarmMetrics: {
    service: 'CloudWatch',
    unit: 'metrics of alarms',
    dollars: 0.1,
    per: 1,
    source: cloudWatch,
  },
  dashboards: { service: 'CloudWatch', unit: 'dashboards', dollars: 3, per: 1, source: cloudWatch },
  secrets: {
    ...{ service: 'Secrets Manager', unit: 'secrets', dollars: 0.4, per: 1 },
    source: 'https://aws.amazon.com/secrets-manager/pricing/',
  },
  cloudFrontGb: {
    service: 'CloudFront',
    unit: 'GB to the internet',
    dollars: 0.085,
    per: 1,
    source: cloudFront,
  },
  cloudFrontRequests: {
    service: 'CloudFront',
    unit: 'HTTPS requests',
    dollars: 1,
    per: million,
    source: cloudFront,
  },
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof prices;
