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
  const keys = keysToDelete(tombstone);
  await objects.delete(keys);
  const units = objectKeepers.flatMap((task) => tombstone[taskAttribute(task)] ?? []);
  for (const { sequencer } of units) await objects.discard({ imageId, sequencer });
  // After they are gone: what is forgotten before would be fetched once more.
  if (keys.length > 0 || units.length > 0) await objects.forget(imageId);
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
