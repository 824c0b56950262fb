// The images table of the deployment, as an engine without CloudFormation is told of it.

import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { compileProject } from '../../../scripts/local/template/compile.ts';

export async function imagesTable(name: string): Promise<CreateTableCommandInput> {
  const { template } = await compileProject();
  const { Properties: properties = {} } = template.Resources['ImagesTable'] ?? {};
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } =
    properties as unknown as CreateTableCommandInput;
  return {
    ...{ TableName: name, BillingMode: 'PAY_PER_REQUEST' },
    ...{ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes },
  };
}
