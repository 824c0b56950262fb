// The use case behind DELETE /images/{imageId}: a tombstone first, so that nothing of the image comes back; then everything
// that is stored of it goes, and consumers hear of it. What is cut short in between, reconciling ends.

import { randomUUID } from 'node:crypto';
import { isImageId } from '../../domain/object-keys.ts';
import type { AnnounceDependencies } from '../../processing/announce.ts';
import { clearTombstone } from '../../processing/clear-tombstone.ts';
import type { StoredObjects } from '../../processing/task-definition.ts';
import type { Answer } from '../answer.ts';
import type { ImageReader, OwnersRemovals } from '../ports.ts';
import { noSuchImage } from './own-image.ts';

export interface DeleteImageDependencies extends AnnounceDependencies {
  readonly table: AnnounceDependencies['table'] & ImageReader;
  readonly removals: OwnersRemovals;
  readonly objects: StoredObjects;
  readonly clock?: () => Date;
}

/**
 * Answers the same as often as it is asked.
 * @throws {Problem} `image-not-found`, also for an image that is somebody else's
 */
export async function deleteImage(
  dependencies: DeleteImageDependencies,
  ownerId: string,
  imageId: string,
): Promise<Answer> {
  const { table, removals, clock = () => new Date() } = dependencies;
  if (!isImageId(imageId)) throw noSuchImage(imageId);
  const tombstone = await removals.markDeleted(imageId, ownerId);
  if (tombstone) await clearTombstone(dependencies, tombstone, randomUUID(), clock());
  else if ((await table.get(imageId))?.ownerId !== ownerId) throw noSuchImage(imageId);
  return { status: 204 };
}
