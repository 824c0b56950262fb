// Ends a removal: what was made of the original goes, and consumers hear of it. Safe to repeat.

import type { ImageRecord } from '../image.ts';
import { type AnnounceParts, announceOnce } from './announce.ts';
import { keysToDelete } from './rendition-objects.ts';
import type { StoredObjects } from './task-definition.ts';

/** Deletes what was made of a removed original, unfinished work included, and tells that it is gone. */
export async function clearTombstone(
  parts: AnnounceParts & { readonly objects: StoredObjects },
  tombstone: ImageRecord,
): Promise<void> {
  const { imageId, renditionsTask } = tombstone;
  await parts.objects.delete(keysToDelete(tombstone));
  if (renditionsTask) await parts.objects.discard({ imageId, sequencer: renditionsTask.sequencer });
  await announceOnce(parts, tombstone);
}
