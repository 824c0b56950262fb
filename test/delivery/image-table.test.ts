// The adapter of the images table keeps its contract on an engine that evaluates DynamoDB's expressions.

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { createOverdueTable } from '../../shared/aws/overdue-table.ts';
import { createOwnersImages } from '../../shared/aws/owners-images.ts';
import { createOwnersRemovals } from '../../shared/aws/owners-removals.ts';
import { itemOf } from '../../shared/aws/stored-record.ts';
import { createTaskRestarts } from '../../shared/aws/task-restarts.ts';
import { imageTableContract } from '../support/contracts/image-table/contract.ts';
import { type Dynalite, startDynalite, tableName } from './support/dynalite.ts';

let dynalite: Dynalite;

beforeAll(async () => {
  dynalite = await startDynalite();
});
afterAll(() => dynalite.close());

imageTableContract(async (clock) => ({
  table: createImageTable(dynalite.client, tableName, { clock }),
  overdue: createOverdueTable(dynalite.client, tableName),
  owners: {
    ...createOwnersImages(dynalite.client, tableName),
    ...createOwnersRemovals(dynalite.client, tableName, clock),
    ...createTaskRestarts(dynalite.client, tableName, clock),
  },
  async put(record) {
    await dynalite.client.send(
      new PutCommand({ TableName: tableName, Item: itemOf(record.imageId, record) }),
    );
  },
}));
