// Which caches are asked to forget a removed image, and when: each asking costs money, and one that comes too soon is undone.

import { expect, it } from 'vitest';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { clearTombstone } from '../../../shared/processing/clear-tombstone.ts';
import { overdue, sequencer, taskRecord } from '../../support/image-records.ts';
import { createWorld, imageId, now, renditionsOf } from '../support/worker-world.ts';

/** What was asked of the objects of an image that is removed, in order. */
async function askedOf(changes: Partial<ImageRecord>): Promise<string[]> {
  const { images, ledger, imageEvents } = createWorld();
  const tombstone = overdue({ imageId, sequencer, removed: { byOwner: true }, ...changes });
  await images.put(tombstone);
  const asked: string[] = [];
  const objects = {
    delete: async (keys: readonly string[]) => void asked.push(...keys.map(() => 'delete')),
    deleteOriginal: async () => void asked.push('delete the original'),
    deleteUnissued: async () => {},
    discard: async () => void asked.push('discard'),
    forget: async () => void asked.push('forget'),
  };
  await clearTombstone({ table: images.table, ledger, imageEvents, objects }, tombstone, 'message', now);
  return asked;
}

it('what was listed is forgotten once it is deleted', async () => {
  const renditions = renditionsOf({ imageId, sequencer });

  expect(await askedOf({ renditions })).toEqual(['delete the original', 'delete', 'forget']);
});

it('what a worker may have stored and not recorded is forgotten too', async () => {
  expect(await askedOf({ renditionsTask: taskRecord() })).toEqual([
    'delete the original',
    'discard',
    'forget',
  ]);
});

it('nobody is asked to forget an image that no worker began', async () => {
  expect(await askedOf({})).toEqual(['delete the original']);
});
