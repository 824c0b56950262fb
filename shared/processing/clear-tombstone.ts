// Ends a removal: what was made of the original goes, and consumers hear of it. Safe to repeat.

import type { ImageRecord } from '../domain/image-record.ts';
import { type AnnounceDependencies, announceOnce } from './announce.ts';
import { keysToDelete } from './rendition-objects.ts';
import type { StoredObjects } from './task-definition.ts';

/** Deletes what was made of a removed original, unfinished work included, and tells that it is gone. */
export async function clearTombstone(
  dependencies: AnnounceDependencies & { readonly objects: StoredObjects },
  tombstone: ImageRecord,
): Promise<void> {
  const { imageId, renditionsTask } = tombstone;
  await dependencies.objects.delete(keysToDelete(tombstone));
  if (renditionsTask) await dependencies.objects.discard({ imageId, sequencer: renditionsTask.sequencer });
  await announceOnce(dependencies, tombstone);
}
