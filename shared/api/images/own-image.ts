// The one way that a route comes by an image: its owner's, or none. Whether an image is somebody else's, deleted or was
// never there is not to be told apart.

import type { ImageRecord } from '../../domain/image-record.ts';
import { isImageId } from '../../domain/object-keys.ts';
import { statusOf } from '../../domain/status.ts';
import type { ImageReader } from '../ports.ts';
import { Problem } from '../problem.ts';

/** @throws {Problem} `image-not-found` for an image that the caller has not */
export async function ownImage(table: ImageReader, ownerId: string, imageId: string): Promise<ImageRecord> {
  const record = isImageId(imageId) ? await table.get(imageId) : undefined;
  if (record?.ownerId !== ownerId || statusOf(record) === 'deleted') throw noSuchImage(imageId);
  return record;
}

export function noSuchImage(imageId: string): Problem {
  return new Problem('image-not-found', `You have no image ${imageId}.`);
}
