// What listing costs: ten thousand images by pages, in read units as the table itself counts them.

import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCursors } from '../../shared/api/images/cursor.ts';
import { type ImageList, listImages } from '../../shared/api/images/list-images.ts';
import { createOwnersImages } from '../../shared/aws/owners-images.ts';
import { type Dynalite, startDynalite, tableName } from '../delivery/support/dynalite.ts';
import { ready } from '../support/image-records.ts';

const imageCount = 10_000;
const perWrite = 25;
/** As large as a record may be that costs half a unit to read. */
const fileName = 'x'.repeat(3000);

let dynalite: Dynalite;
let units = 0;

beforeAll(async () => {
  dynalite = await startDynalite();
  for (let begin = 0; begin < imageCount; begin += perWrite) {
    const items = Array.from({ length: perWrite }, (_, index) => {
      const createdAt = new Date(Date.UTC(2026, 0, 1) + begin + index).toISOString();
      return { PutRequest: { Item: ready({ createdAt, fileName }) } };
    });
    await dynalite.client.send(new BatchWriteCommand({ RequestItems: { [tableName]: items } }));
  }
  dynalite.client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity = [] } = answer.output as { ConsumedCapacity?: object | object[] };
      for (const one of [ConsumedCapacity].flat())
        units += (one as { CapacityUnits?: number }).CapacityUnits ?? Number.NaN;
      return answer;
    },
    { step: 'initialize', name: 'count' },
  );
}, 120_000);
afterAll(() => dynalite.close());

it('lists ten thousand images, each once, at no more than one read unit an image', {
  timeout: 120_000,
}, async () => {
  const images = createOwnersImages(dynalite.client, tableName);
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
  expect(units).toBeGreaterThan(0);
  expect(units / imageCount).toBeLessThanOrEqual(1);
});
