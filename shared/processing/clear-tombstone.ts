// Ends a removal: what was made of the original goes, and consumers hear of it. Safe to repeat.

import { type ImageRecord, keysToDelete } from '../domain/image-record.ts';
import { isIssued } from '../domain/object-keys.ts';
import { objectKeepers, taskAttribute } from '../domain/tasks.ts';
import { type AnnounceDependencies, announceOnce } from './announce.ts';
import type { StoredObjects } from './task-definition.ts';

/** How long an upload may take that began just before its URL ran out. */
const slowUploadMilliseconds = 60 * 60 * 1000;

/**
 * Deletes what was made of a removed original, unfinished work included, and tells that it is gone. An upload is deleted
 * itself too: its URL may have been used again before the removal was heard of. Where something may still be stored, the
 * tombstone stays listed, to be cleared again once nothing can.
 */
export async function clearTombstone(
  dependencies: AnnounceDependencies & { readonly objects: StoredObjects },
  tombstone: ImageRecord,
  by: string,
  now: Date,
): Promise<void> {
  const { objects } = dependencies;
  const { imageId, original } = tombstone;
  if (isIssued(imageId)) await objects.deleteOriginal(imageId);
  else if (original) await objects.deleteUnissued(original);
  await objects.delete(keysToDelete(tombstone));
  for (const task of objectKeepers) {
    const unit = tombstone[taskAttribute(task)];
    if (unit) await objects.discard({ imageId, sequencer: unit.sequencer });
  }
  const again = storableUntil(tombstone);
  await announceOnce(dependencies, tombstone, by, again > now.getTime() ? new Date(again) : undefined);
}

/** Until when an attempt that holds the image, or its upload URL, may still store something. Milliseconds since the epoch. */
function storableUntil(tombstone: ImageRecord): number {
  const units = objectKeepers.map((task) => tombstone[taskAttribute(task)]);
  const leases = units.flatMap((unit) => (unit?.state === 'running' ? [unit.leaseUntil] : []));
  const { upload } = tombstone;
  return Math.max(0, ...leases, ...(upload ? [Date.parse(upload.expiresAt) + slowUploadMilliseconds] : []));
}
