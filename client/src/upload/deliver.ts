// Brings a file to where it is to go, whatever happens on the way: to one URL after the other, but never to two images.

import { ApiError, ConnectionError, UploadError } from '../errors.ts';
import { createPatience, type Patience } from '../http/patience.ts';
import type { Images, RequestOptions } from '../images/images.ts';
import type { Image, UploadOffer, UploadRequest } from '../model.ts';
import type { ReportProgress } from './progress.ts';
import { send } from './send.ts';

export interface Delivery {
  readonly images: Images;
  readonly create: (request: UploadRequest, options: RequestOptions) => Promise<UploadOffer>;
  readonly timeoutSeconds: number;
  readonly patienceSeconds: number;
}

/** S3's codes for a request that may be sent again as it is: not for a fault of the file’s or the URL’s. */
const transientCodes = ['RequestTimeout', 'ConditionalRequestConflict', 'BadDigest', 'SlowDown'];
/** What S3 says to a file that is there already: the answer to an earlier try was lost. */
const alreadyThere = 412;
const mayNot = 403;
/** For what is done after the upload has failed: it keeps no program from ending. */
const lastCallMilliseconds = 5000;

/**
 * @returns the image's ID, once S3 has the file
 * @throws {ApiError} {@link UploadError} {@link ConnectionError}
 */
export async function deliver(
  delivery: Delivery,
  request: UploadRequest,
  file: Blob,
  report: ReportProgress,
  signal?: AbortSignal,
): Promise<string> {
  const patience = createPatience(delivery.patienceSeconds, signal);
  for (;;) {
    const offer = await delivery.create(request, { signal });
    const { imageId } = offer;
    report({ phase: 'sending', imageId, sentBytes: 0 });
    try {
      if (await isStored(delivery, offer, file, report, patience, signal)) return imageId;
    } catch (error) {
      // Nobody waits for it any more: it is not to be held against the caller's quota until it expires.
      void delivery.images
        .delete(imageId, { signal: AbortSignal.timeout(lastCallMilliseconds) })
        .catch(() => {});
      throw error;
    }
    // Should the file have arrived unseen, or still be on its way, it ends in nothing: a deleted image stays deleted.
    await delivery.images.delete(imageId, { signal }).catch(acceptUnknown);
  }
}

/** @returns false when the URL has run out, and the file is not where it leads to */
async function isStored(
  { images, timeoutSeconds }: Delivery,
  { imageId, upload }: UploadOffer,
  file: Blob,
  report: ReportProgress,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const onProgress = (sentBytes: number) => report({ sentBytes, share: sentBytes / file.size });
  for (;;) {
    try {
      await send(upload, file, { signal, onProgress, timeoutSeconds });
      return true;
    } catch (error) {
      if (error instanceof UploadError && error.status === alreadyThere) return true;
      if (!isWorthAnotherTry(error)) throw error;
      await patience.pause(error);
      const image = await images.get(imageId, { signal });
      if (hasArrived(image)) return true;
      if (hasRunOut(error, upload.expiresAt, image)) return false;
      report({ phase: 'sending', sentBytes: 0 });
    }
  }
}

function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof ConnectionError) return true;
  if (!(error instanceof UploadError)) return false;
  const { status, code = '' } = error;
  return status >= 500 || transientCodes.includes(code) || isRefusedUrl(error);
}

/** S3 says so of a URL that is too old: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
function isRefusedUrl(error: unknown): boolean {
  return error instanceof UploadError && error.status === mayNot && error.code === 'AccessDenied';
}

function hasRunOut(error: unknown, expiresAt: string, { status }: Image): boolean {
  return status === 'expired' || isRefusedUrl(error) || Date.now() > Date.parse(expiresAt);
}

function hasArrived({ status }: Image): boolean {
  return status !== 'awaiting-upload' && status !== 'expired';
}

function acceptUnknown(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}
