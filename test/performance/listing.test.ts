// What listing costs: ten thousand images by pages, in read units as the table itself counts them. AWS's own DynamoDB Local
// has the last word, where there is a Java to run it.

import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCursors } from '../../shared/api/images/cursor.ts';
import { type ImageList, listImages } from '../../shared/api/images/list-images.ts';
import { createOwnersImages } from '../../shared/aws/owners-images.ts';
import { itemOf } from '../../shared/aws/stored-record.ts';
import { startDynalite, tableName } from '../delivery/support/dynalite.ts';
import { hasJava, startDynamoDbLocal } from '../delivery/support/dynamodb-local.ts';
import { ready } from '../support/image-records.ts';

interface Engine {
  readonly client: DynamoDBDocumentClient;
  close(): Promise<void>;
}

async function startLocal(): Promise<Engine> {
  const local = await startDynamoDbLocal();
  await local.createImagesTable(tableName);
  return { client: local.createClient(), close: local.close };
}

const without = hasJava ? '' : ' (skipped: there is no Java to run it)';
const engines = [
  { name: 'dynalite', start: startDynalite, isHere: true },
  { name: `DynamoDB Local${without}`, start: startLocal, isHere: hasJava },
];

const imageCount = 10_000;
const perWrite = 25;
/** As large as a record may be that costs half a unit to read: most have less than two thirds of it. */
const fileName = 'x'.repeat(3000);

describe.each(engines)('on $name', ({ start, isHere }) => {
  let engine: Engine;
  let units = 0;

  beforeAll(async () => {
    if (!isHere) return;
    engine = await start();
    for (let begin = 0; begin < imageCount; begin += perWrite) await storeImages(engine.client, begin);
    count(engine.client, (used) => {
      units += used;
    });
  }, 120_000);
  afterAll(() => engine?.close());

  it.skipIf(!isHere)(
    'ten thousand images are listed, each once, at no more than one read unit an image',
    {
      timeout: 120_000,
    },
    async () => {
      const images = createOwnersImages(engine.client, tableName);
      const signUrls = async () => ({ renditions: new Map<string, string>() });
      const dependencies = { images, signUrls, cursors: createCursors('key') };
      const met = new Set<string>();
      let listed = 0;
      let cursor: string | null = '';
      while (cursor !== null) {
        const { body } = await listImages(dependencies, 'local', { limit: '100', ...(cursor && { cursor }) });
        const page = body as ImageList;
        for (const { imageId } of page.images) met.add(imageId);
        listed += page.images.length;
        cursor = page.nextCursor;
      }

      expect(listed).toBe(imageCount);
      expect(met.size).toBe(imageCount);
      // Half a unit for each record, and the keys of a page among them all.
      expect(units / imageCount).toBeGreaterThan(0.5);
      expect(units / imageCount).toBeLessThanOrEqual(0.55);
    },
  );
});

async function storeImages(client: DynamoDBDocumentClient, begin: number): Promise<void> {
  const items = Array.from({ length: perWrite }, (_, index) => {
    const createdAt = new Date(Date.UTC(2026, 0, 1) + begin + index).toISOString();
    const record = ready({ createdAt, fileName });
    return { PutRequest: { Item: itemOf(record.imageId, record) } };
  });
  await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: items } }));
}

/** Tells of the capacity that each call takes from now on. */
function count(client: DynamoDBDocumentClient, tell: (units: number) => void): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: object | object[] };
      for (const one of [ConsumedCapacity ?? []].flat())
        tell((one as { CapacityUnits?: number }).CapacityUnits ?? Number.NaN);
      return answer;
    },
    { step: 'initialize', name: 'count' },
  );
}
