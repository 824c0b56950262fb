// Brings a file to where it is to go, whatever happens on the way: to one URL after the other, but never to two images.

import { ApiError, ConnectionError, UploadError, UploadPaused } from '../errors.ts';
import { createPatience, type Patience } from '../http/patience.ts';
import type { Wait } from '../http/wait.ts';
import type { Images, RequestOptions } from '../images/images.ts';
import type { UploadOffer, UploadRequest } from '../model.ts';
import { type BegunUpload, isFor, standingOf } from './begun.ts';
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

export interface DeliveryOptions extends RequestOptions {
  /** What an earlier try left, or a function that finds it: it is gone on with, if it is for the same content. */
  readonly resume?: BegunUpload | ((request: UploadRequest) => BegunUpload | undefined) | undefined;
  /** Told of every URL before anything is sent to it. What it throws ends the upload. */
  readonly onBegun?: ((begun: BegunUpload) => void | Promise<void>) | undefined;
}

/**
 * @returns the image's ID, once S3 has the file
 * @throws {ApiError} {@link UploadError} {@link ConnectionError}
 */
export async function deliver(
  delivery: Delivery,
  request: UploadRequest,
  file: Blob,
  report: ReportProgress,
  { signal, resume, onBegun }: DeliveryOptions,
): Promise<string> {
  const { images, create, patienceSeconds } = delivery;
  const options = { signal, onWait: (wait: Wait | undefined) => report({ wait }) };
  const patience = createPatience(patienceSeconds, signal, options.onWait);
  const left = typeof resume === 'function' ? resume(request) : resume;
  let begun = left !== undefined && isFor(left, request) ? left : undefined;
  let standing = begun && (await standingOf(images, begun, options).catch(unknownAsGone));
  if (begun && standing === 'arrived') {
    report({ imageId: begun.imageId });
    return begun.imageId;
  }
  for (;;) {
    if (begun && standing === 'over') {
      // Should the file have arrived unseen, or still be on its way, it ends in nothing: a deleted image stays deleted.
      await images.delete(begun.imageId, options).catch(acceptUnknown);
    }
    if (begun === undefined || standing !== 'open') begun = { ...(await create(request, options)), request };
    report({ phase: 'sending', imageId: begun.imageId, sentBytes: 0 });
    try {
      await onBegun?.(begun);
      if (await isStored(delivery, begun, file, report, patience, options)) return begun.imageId;
    } catch (error) {
      if (!(error instanceof UploadPaused)) abandon(images, begun.imageId);
      throw error;
    }
    standing = 'over';
  }
}

/** Nobody waits for it any more: it is not to be held against the caller's quota until it expires. */
function abandon(images: Images, imageId: string): void {
  void images.delete(imageId, { signal: AbortSignal.timeout(lastCallMilliseconds) }).catch(() => {});
}

/** @returns false when the URL has run out, and the file is not where it leads to */
async function isStored(
  { images, timeoutSeconds }: Delivery,
  begun: BegunUpload,
  file: Blob,
  report: ReportProgress,
  patience: Patience,
  options: RequestOptions,
): Promise<boolean> {
  const onProgress = (sentBytes: number) => report({ sentBytes, share: sentBytes / file.size });
  for (;;) {
    try {
      await send(begun.upload, file, { signal: options.signal, onProgress, timeoutSeconds });
      return true;
    } catch (error) {
      if (error instanceof UploadError && error.status === alreadyThere) return true;
      if (!isWorthAnotherTry(error)) throw error;
      await patience.pause(error);
      const standing = await standingOf(images, begun, options);
      if (standing === 'arrived') return true;
      if (standing === 'over' || isRefusedUrl(error)) return false;
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

function unknownAsGone(error: unknown): 'gone' {
  acceptUnknown(error);
  return 'gone';
}

function acceptUnknown(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}
