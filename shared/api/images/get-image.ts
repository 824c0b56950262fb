// The use case behind GET /images/{imageId}: the image as its owner sees it, with URLs to fetch it from; at once, or when
// there is something new to tell.

import { setTimeout as sleep } from 'node:timers/promises';
import type { ImageRecord } from '../../domain/image-record.ts';
import { viewImage } from '../../domain/image-view.ts';
import { isSettled, statusOf } from '../../domain/status.ts';
import type { Answer } from '../answer.ts';
import { imageQuerySchema } from '../contract/queries.ts';
import type { ImageReader, SignImageUrls } from '../ports.ts';
import { parseQuery, type Query } from '../query.ts';
import { eTagOf, isNamed } from './etag.ts';
import { ownImage } from './own-image.ts';
import { pausesOf } from './pauses.ts';
import { urlWindow } from './url-window.ts';

export interface GetImageDependencies {
  readonly table: ImageReader;
  readonly signUrls: SignImageUrls;
  readonly clock?: () => Date;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export interface GetImageRequest {
  readonly imageId: string;
  readonly query: Query;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Answers 304 where the client has the image as it is. A wait ends when the image is settled, when it is not what the client
 * has any more, or with its time.
 * @throws {Problem} `invalid-request`; `image-not-found`, also for an image that is somebody else's
 */
export async function getImage(
  { table, signUrls, clock = () => new Date(), pause = sleep }: GetImageDependencies,
  ownerId: string,
  { imageId, query, ifNoneMatch }: GetImageRequest,
): Promise<Answer> {
  const { wait = 0 } = parseQuery(imageQuerySchema, query);
  const isKnown = (eTag: string) => ifNoneMatch !== undefined && isNamed(eTag, ifNoneMatch);
  const isNews = (seen: ImageRecord) =>
    isFinal(seen) || (ifNoneMatch !== undefined && !isKnown(eTagOf(seen, urlWindow(clock()))));

  let record = await ownImage(table, ownerId, imageId);
  for (const milliseconds of pausesOf(wait * 1000)) {
    if (isNews(record)) break;
    await pause(milliseconds);
    record = await ownImage(table, ownerId, imageId);
  }

  const signedAt = urlWindow(clock());
  const etag = eTagOf(record, signedAt);
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (isKnown(etag)) return { status: 304, headers };
  return { status: 200, body: viewImage(record, await signUrls(record, signedAt)), headers };
}

function isFinal(record: ImageRecord): boolean {
  const status = statusOf(record);
  return isSettled(status) || status === 'expired';
}
