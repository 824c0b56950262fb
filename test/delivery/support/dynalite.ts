// DynamoDB in this process, with the images table of the deployment in it and nothing else of a cloud.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { load } from 'js-yaml';

export const tableName = 'images';

export interface Dynalite {
  readonly client: DynamoDBDocumentClient;
  close(): Promise<void>;
}

export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dynamoDb = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  await dynamoDb.send(new CreateTableCommand(await imagesTable()));
  return {
    client: DynamoDBDocumentClient.from(dynamoDb, { marshallOptions: { removeUndefinedValues: true } }),
    async close() {
      dynamoDb.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function imagesTable(): Promise<CreateTableCommandInput> {
  const document = load(await readFile('resources/table.yml', 'utf8')) as {
    Resources: { ImagesTable: { Properties: CreateTableCommandInput } };
  };
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } =
    document.Resources.ImagesTable.Properties;
  return {
    ...{ TableName: tableName, BillingMode: 'PAY_PER_REQUEST' },
    ...{ AttributeDefinitions, KeySchema, GlobalSecondaryIndexes },
  };
}
