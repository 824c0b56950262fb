// The use case behind GET /images/{imageId}: the image as its owner sees it, with URLs to fetch it from.

import { type ImageRecord, statusOf } from '../image.ts';
import { type ImageUrls, viewImage } from '../image-view.ts';
import type { Answer } from '../lambda/http.ts';
import { Problem } from '../lambda/problem.ts';
import type { ImageTable } from '../store/image-table.ts';

export interface GetImageParts {
  readonly table: Pick<ImageTable, 'get'>;
  readonly signUrls: (record: ImageRecord) => Promise<ImageUrls>;
}

/** @throws {Problem} `image-not-found`, also for an image that is somebody else's */
export async function getImage(
  { table, signUrls }: GetImageParts,
  ownerId: string,
  imageId: string,
): Promise<Answer> {
  const record = await table.get(imageId);
  if (record?.ownerId !== ownerId || statusOf(record) === 'deleted') {
    throw new Problem('image-not-found', `You have no image ${imageId}.`);
  }
  return { status: 200, body: viewImage(record, await signUrls(record)) };
}
