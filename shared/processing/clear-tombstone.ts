// Ends a removal: what was made of the original goes, and consumers hear of it. Safe to repeat.

import { type ImageRecord, keysToDelete } from '../domain/image-record.ts';
import { isIssued } from '../domain/object-keys.ts';
import { objectKeepers, taskAttribute } from '../domain/tasks.ts';
import { type AnnounceDependencies, announceOnce } from './announce.ts';
import type { StoredObjects } from './task-definition.ts';

/**
 * Deletes what was made of a removed original, unfinished work included, and tells that it is gone. An upload is deleted
 * itself too: its URL may have been used again before the removal was heard of.
 */
export async function clearTombstone(
  dependencies: AnnounceDependencies & { readonly objects: StoredObjects },
  tombstone: ImageRecord,
): Promise<void> {
  const { objects } = dependencies;
  if (isIssued(tombstone.imageId)) await objects.deleteOriginal(tombstone.imageId);
  await objects.delete(keysToDelete(tombstone));
  for (const task of objectKeepers) {
    const unit = tombstone[taskAttribute(task)];
    if (unit) await objects.discard({ imageId: tombstone.imageId, sequencer: unit.sequencer });
  }
  await announceOnce(dependencies, tombstone);
}
