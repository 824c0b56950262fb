// The whole way of a file: hashed, sent, developed. It ends when the image is ready.

import { ImageError } from '../errors.ts';
import type { RequestOptions } from '../images/images.ts';
import type { Watch } from '../images/watch.ts';
import type { Image, UploadRequest } from '../model.ts';
import { createSlots, type Slots } from '../slots.ts';
import { contentTypeOf } from './content-type.ts';
import { type Delivery, type DeliveryOptions, deliver } from './deliver.ts';
import { sha256Of } from './digest.ts';
import { createProgress, type ReportProgress, type UploadProgress } from './progress.ts';

export interface UploadOptions
  extends Pick<RequestOptions, 'signal'>,
    Pick<DeliveryOptions, 'resume' | 'onBegun'> {
  /** Told of every step on the way. */
  readonly onProgress?: ((progress: UploadProgress) => void) | undefined;
  /** Without it, the file's own. */
  readonly fileName?: string | undefined;
  /** Without it, the file's own, or what its name tells. */
  readonly contentType?: string | undefined;
}

/** A `File` of a form, a `Blob` (as of Node's `openAsBlob`), or the bytes. */
export type UploadFile = Blob | Uint8Array;

export interface Uploader {
  upload(file: UploadFile, options?: UploadOptions): Promise<Image>;
  /** The first half of it. @returns the image's ID, once S3 has the file */
  store(file: UploadFile, options?: UploadOptions): Promise<string>;
}

/** @param sending slots for files that are on their way: others wait until it is their turn */
export function createUploader(delivery: Delivery, watch: Watch, sending: Slots): Uploader {
  // One file at a time is in memory for it.
  const hashing = createSlots(1);

  async function prepare(file: Blob, options: UploadOptions, report: ReportProgress): Promise<UploadRequest> {
    const { fileName = (file as Partial<File>).name, contentType = contentTypeOf(file.type, fileName) } =
      options;
    report({ phase: 'hashing' });
    const onProgress = (bytes: number) => report({ share: bytes / file.size });
    const work = () => sha256Of(file, onProgress, options.signal);
    const checksumSha256 = await hashing.run(work, options.signal);
    return {
      ...{ contentType, contentLength: file.size },
      ...(checksumSha256 !== undefined && { checksumSha256 }),
      ...(fileName && { fileName }),
    };
  }

  async function store(file: Blob, options: UploadOptions, report: ReportProgress): Promise<string> {
    const send = async () => {
      const request = await prepare(file, options, report);
      return deliver(delivery, request, file, report, options);
    };
    return sending.run(send, options.signal);
  }

  return {
    async upload(source, options = {}) {
      const file = blobOf(source);
      const report = createProgress(file.size, options.onProgress);
      let rest = options;
      for (;;) {
        const imageId = await store(file, rest, report);
        report({ phase: 'developing' });
        const image = await developed(watch, imageId, report, options.signal);
        if (image.status === 'ready') {
          report({ phase: 'ready', image });
          return image;
        }
        // It arrived, but later than the API waited for it, and will not be kept: again, with a URL of its own.
        if (image.status !== 'expired') throw new ImageError(image);
        rest = { ...options, resume: undefined };
      }
    },

    store(source, options = {}) {
      const file = blobOf(source);
      return store(file, options, createProgress(file.size, options.onProgress));
    },
  };
}

export function blobOf(source: UploadFile): Blob {
  return source instanceof Blob ? source : new Blob([source as Uint8Array<ArrayBuffer>]);
}

async function developed(
  watch: Watch,
  imageId: string,
  report: ReportProgress,
  signal: AbortSignal | undefined,
): Promise<Image> {
  let latest: Image | undefined;
  for await (const image of watch(imageId, { signal, onWait: (wait) => report({ wait }) })) {
    latest = image;
    report({ phase: 'developing', image });
  }
  return latest as Image;
}
