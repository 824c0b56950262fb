// An upload that was begun and not ended: what is kept of it, so that the same file goes on with the same image.

import type { Images, RequestOptions } from '../images/images.ts';
import type { UploadOffer, UploadRequest } from '../model.ts';

/** It can be stored as JSON, or cloned. Its URL takes this one file, once, until it expires. */
export interface BegunUpload extends UploadOffer {
  /** What the URL was asked for with. */
  readonly request: UploadRequest;
}

/** Whether its file is there already, may still be sent to where it was to go, or not any more. */
export type Standing = 'arrived' | 'open' | 'over';

/** @throws {ApiError} when the image was deleted */
export async function standingOf(
  images: Images,
  { imageId, upload }: BegunUpload,
  options: RequestOptions,
): Promise<Standing> {
  const { status } = await images.get(imageId, options);
  if (status === 'expired') return 'over';
  if (status !== 'awaiting-upload') return 'arrived';
  return Date.now() > Date.parse(upload.expiresAt) ? 'over' : 'open';
}

/** Whether it was begun for a file of this content, as far as length and checksum tell. */
export function isFor({ request }: BegunUpload, { contentLength, checksumSha256 }: UploadRequest): boolean {
  return request.contentLength === contentLength && request.checksumSha256 === checksumSha256;
}
