// The metadata task: reads the very original of the event, and measures how much of it.

import { expect, it } from 'vitest';
import type { ImageMetadata } from '../../../shared/domain/metadata.ts';
import { createMetadataTask } from '../../../shared/processing/metadata-task.ts';
import { OriginalGone } from '../../../shared/processing/ports.ts';
import { createMemoryOriginals } from '../../support/memory/stores.ts';
import { created } from '../support/worker-world.ts';

const metadata = { format: 'jpeg', width: 640, height: 480 } as ImageMetadata;

it('records what is read, and measures the bytes that it took', async () => {
  const originals = createMemoryOriginals('originals');
  const event = created({ bytes: 10 });
  const eTag = await originals.put(event.key, Buffer.from('0123456789'));
  const measured: unknown[] = [];
  const task = createMetadataTask({
    originals,
    async readMetadata(source) {
      await source.read(0, 4);
      await source.read(8, 4);
      return metadata;
    },
  });

  const result = await task.perform({ ...event, eTag }, (...measure) => measured.push(measure));

  expect(result).toEqual({ metadata });
  expect(measured).toEqual([['OriginalBytesRead', 6]]);
  expect(task).toMatchObject({ task: 'metadata', revision: '1' });
  expect(task).not.toHaveProperty('objects');
});

it('lets through that the original is another one', async () => {
  const originals = createMemoryOriginals('originals');
  const task = createMetadataTask({
    originals,
    readMetadata: async (source) => {
      await source.read(0, 4);
      return metadata;
    },
  });

  await expect(task.perform(created(), () => {})).rejects.toThrow(OriginalGone);
});

it.each([
  ['by when it must have ended', { endsAt: 1234 }],
  ['whose the original is', { ownerId: 'ann' }],
  ['nothing where nothing is known', undefined],
])('tells the reader %s', async (_what, circumstances) => {
  const orders: unknown[] = [];
  const task = createMetadataTask({
    originals: createMemoryOriginals('originals'),
    async readMetadata(_source, order) {
      orders.push(order);
      return metadata;
    },
  });

  await task.perform(created(), () => {}, circumstances);

  expect(orders).toStrictEqual([circumstances]);
});
