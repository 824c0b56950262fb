// The use case behind GET /images/{imageId}: the image as its owner sees it, with URLs to fetch it from.

import { viewImage } from '../../domain/image-view.ts';
import { isImageId } from '../../domain/object-keys.ts';
import { statusOf } from '../../domain/status.ts';
import type { Answer } from '../answer.ts';
import type { ImageReader, SignImageUrls } from '../ports.ts';
import { Problem } from '../problem.ts';

export interface GetImageDependencies {
  readonly table: ImageReader;
  readonly signUrls: SignImageUrls;
}

/** @throws {Problem} `image-not-found`, also for an image that is somebody else's */
export async function getImage(
  { table, signUrls }: GetImageDependencies,
  ownerId: string,
  imageId: string,
): Promise<Answer> {
  const record = isImageId(imageId) ? await table.get(imageId) : undefined;
  if (record?.ownerId !== ownerId || statusOf(record) === 'deleted') {
    throw new Problem('image-not-found', `You have no image ${imageId}.`);
  }
  return { status: 200, body: viewImage(record, await signUrls(record)) };
}
