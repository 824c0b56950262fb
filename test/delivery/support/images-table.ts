// The images table of the deployment, as an engine without CloudFormation is told of it.

import { readFile } from 'node:fs/promises';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { load } from 'js-yaml';

export async function imagesTable(name: string): Promise<CreateTableCommandInput> {
  const document = load(await readFile('resources/table.yml', 'utf8')) as {
    Resources: { ImagesTable: { Properties: CreateTableCommandInput } };
  };
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } =
    document.Resources.ImagesTable.Properties;
  return {
    ...{ TableName: name, BillingMode: 'PAY_PER_REQUEST' },
    ...{ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes },
  };
}
