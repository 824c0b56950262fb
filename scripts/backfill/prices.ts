// What an object costs, about: AWS's list prices (us-east-1, US dollars; they change, and differ by region, so each
// names its page) times what one object takes of each. Free tiers are left out, and so is storing the renditions.
import { variants } from '../../shared/domain/variants.ts';

interface Price {
  readonly what: string;
  readonly dollars: number;
  readonly per: number;
  readonly unitsPerObject: number;
  readonly source: string;
}

const renditionsPerObject = variants.reduce((sum, { formats }) => sum + formats.length, 0);
const lambdaPricing = 'https://aws.amazon.com/lambda/pricing/';
const s3Pricing = 'https://aws.amazon.com/s3/pricing/';
const dynamoDbPricing = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';

/** Gigabyte-seconds (arm64): a second at 2 GB for renditions of a camera photo, 0.2 s at 0.5 GB for its metadata. */
const gigabyteSeconds = 1 * 2 + 0.2 * 0.5;

export const prices: readonly Price[] = [
  {
    what: 'Lambda GB-seconds',
    dollars: 0.0000133334,
    per: 1,
    unitsPerObject: gigabyteSeconds,
    source: lambdaPricing,
  },
  // Two workers, in batches that are seldom full.
  { what: 'Lambda requests', dollars: 0.2, per: 1_000_000, unitsPerObject: 2, source: lambdaPricing },
  { what: 'S3 PUT', dollars: 0.005, per: 1000, unitsPerObject: renditionsPerObject, source: s3Pricing },
  { what: 'S3 GET', dollars: 0.0004, per: 1000, unitsPerObject: 2, source: s3Pricing },
  { what: 'S3 LIST', dollars: 0.005, per: 1000, unitsPerObject: 1 / 1000, source: s3Pricing },
  // One to be published, one image event; SNS delivers to SQS for nothing.
  {
    what: 'SNS publishes',
    dollars: 0.5,
    per: 1_000_000,
    unitsPerObject: 2,
    source: 'https://aws.amazon.com/sns/pricing/',
  },
  // Received and deleted, once a worker.
  {
    what: 'SQS requests',
    dollars: 0.4,
    per: 1_000_000,
    unitsPerObject: 4,
    source: 'https://aws.amazon.com/sqs/pricing/',
  },
  // Each worker claims and settles, one announces: as measured, see docs/aws-calls.md. The first claim makes the record.
  {
    what: 'DynamoDB write units',
    dollars: 0.625,
    per: 1_000_000,
    unitsPerObject: 12,
    source: dynamoDbPricing,
  },
  { what: 'DynamoDB read units', dollars: 0.125, per: 1_000_000, unitsPerObject: 2, source: dynamoDbPricing },
];

/** About how many US dollars so many objects cost. */
export function estimateDollars(objects: number): number {
  return prices.reduce((sum, { dollars, per, unitsPerObject }) => {
    return sum + (dollars / per) * unitsPerObject * objects;
  }, 0);
}
