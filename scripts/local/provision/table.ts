// AWS::DynamoDB::Table: keys and global secondary indexes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { LaptopCloudError } from '../laptop-cloud-error.ts';
import { checkedProperties, madeUpName, type Provisioner } from './provisioner.ts';

// Encryption, backups and the rest of it change nothing that a program on the laptop could observe.
const unobserved = z.unknown().optional();

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const index = z.strictObject({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
    NonKeyAttributes: z.array(z.string()).default([]),
  }),
});

const shape = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).default([]),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  ContributorInsightsSpecification: unobserved,
  DeletionProtectionEnabled: unobserved,
  PointInTimeRecoverySpecification: unobserved,
  SSESpecification: unobserved,
  TableClass: unobserved,
  Tags: unobserved,
  // dynalite has no call for it: nothing expires by itself here. AWS, too, may take days.
  TimeToLiveSpecification: unobserved,
});

type Properties = z.output<typeof shape>;

export const provisionTable: Provisioner = async (resource, context) => {
  const properties = checkedProperties(resource, shape);
  const { dynamodb } = context.clients;
  const TableName = properties.TableName ?? madeUpName(resource.logicalId, context);
  const existing = await describe(TableName, dynamodb);
  if (existing) refuseOtherKeys(TableName, existing, properties);
  else await create(TableName, properties, dynamodb);
  // 20 ms apart: the embedded table is there at once, AWS's own waiter would sleep for seconds.
  await waitUntilTableExists(
    { client: dynamodb, maxWaitTime: 60, minDelay: 0.02, maxDelay: 1 },
    { TableName },
  );
  const table = existing ?? (await describe(TableName, dynamodb));
  const Arn = table?.TableArn ?? `arn:aws:dynamodb:${context.region}::table/${TableName}`;
  return { ref: TableName, attributes: { Arn } };
};

async function describe(TableName: string, client: DynamoDBClient) {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(TableName: string, properties: Properties, client: DynamoDBClient) {
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: properties.AttributeDefinitions,
      KeySchema: properties.KeySchema,
      BillingMode: properties.BillingMode,
      ...(properties.GlobalSecondaryIndexes.length > 0 && {
        GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes.map(({ Projection, ...rest }) => ({
          ...rest,
          Projection: {
            ProjectionType: Projection.ProjectionType,
            ...(Projection.NonKeyAttributes.length > 0 && { NonKeyAttributes: Projection.NonKeyAttributes }),
          },
        })),
      }),
    }),
  );
}

// Keys cannot be changed at all, and dynalite fills no index that comes later.
function refuseOtherKeys(name: string, existing: TableDescription, wanted: Properties) {
  const keys = (table: TableDescription | Properties) =>
    JSON.stringify([
      keysOf(table.KeySchema),
      (table.GlobalSecondaryIndexes ?? []).map((entry) => [entry.IndexName, keysOf(entry.KeySchema)]).sort(),
    ]);
  if (keys(existing) === keys(wanted)) return;
  throw new LaptopCloudError(
    `Table ${name} has other keys or indexes than the template: delete the data folder to begin afresh.`,
  );
}

function keysOf(schema: { AttributeName?: string | undefined; KeyType?: string | undefined }[] = []) {
  return schema.map((key) => `${key.KeyType} ${key.AttributeName}`);
}
