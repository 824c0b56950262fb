// The client library of Darkroom: what it offers, and how its parts are put together.

import { createCaller, type Token } from './http/caller.ts';
import { createHttpClient } from './http/http.ts';
import { createImages, type Images, type RequestOptions } from './images/images.ts';
import { createWatch, type Watch } from './images/watch.ts';
import type { UploadOffer, UploadRequest, Usage } from './model.ts';
import { createSlots } from './slots.ts';
import { type SendOptions, send } from './upload/send.ts';
import {
  blobOf,
  createUploader,
  type Uploader,
  type UploadFile,
  type UploadOptions,
} from './upload/upload.ts';

export { ApiError, ConnectionError, DarkroomError, ImageError, UploadError, UploadPaused } from './errors.ts';
export type { Token, TokenRequest } from './http/caller.ts';
export type { Wait } from './http/wait.ts';
export type { Images, ListOptions, PageOptions, RequestOptions } from './images/images.ts';
export type {
  Image,
  ImagePage,
  ListedStatus,
  Problem,
  Rendition,
  Status,
  UploadOffer,
  UploadRequest,
  Usage,
} from './model.ts';
export type { BegunUpload } from './upload/begun.ts';
export type { Phase, UploadProgress } from './upload/progress.ts';
export type { UploadFile, UploadOptions } from './upload/upload.ts';

export interface ClientOptions {
  /** URL of the API. */
  readonly api: string;
  /** An access token, or a function that gives one. */
  readonly token?: Token;
  /** Files on their way at the same time; more wait. 4, if not said. */
  readonly concurrency?: number;
  /** How long one answer may take, or an upload may stand still. 30, if not said. */
  readonly timeoutSeconds?: number;
  /** How long to try again what does not succeed, before it counts as failed. 120, if not said; with 0 all is tried once. */
  readonly patienceSeconds?: number;
}

export interface Darkroom {
  /**
   * Uploads a file. Fulfilled when its image is ready.
   * @throws {ImageError} when the image is rejected or failed
   * @throws {ApiError} {@link UploadError} when the API or S3 refuses it
   * @throws {ConnectionError} when patience is at its end
   */
  readonly upload: Uploader['upload'];
  /** Yields an image, and again whenever it has changed, until nothing happens to it any more. */
  readonly watch: Watch;
  readonly images: Images;
  /** The parts of an upload, for those who do the rest themselves. */
  readonly uploads: {
    /** As `upload`, but fulfilled with the image's ID once S3 has the file: `watch` tells what becomes of it. */
    store(file: UploadFile, options?: UploadOptions): Promise<string>;
    /** Asks for a URL. */
    create(request: UploadRequest, options?: RequestOptions): Promise<UploadOffer>;
    /** Sends to it, once. @throws {UploadError} when S3 refuses it */
    send(upload: UploadOffer['upload'], file: UploadFile, options?: Partial<SendOptions>): Promise<void>;
  };
  /** What of the caller's quota is used. */
  usage(options?: RequestOptions): Promise<Usage>;
  /** Fulfilled when the API answers. It needs no token. */
  health(options?: RequestOptions): Promise<void>;
}

export function createClient({
  api,
  token,
  concurrency = 4,
  timeoutSeconds = 30,
  patienceSeconds = 120,
}: ClientOptions): Darkroom {
  const http = createHttpClient(api);
  const call = createCaller({ token, timeoutSeconds, patienceSeconds });
  const images = createImages(http, call);
  const watch = createWatch(http, call, createSlots(concurrency));
  const create = async (body: UploadRequest, options?: RequestOptions) =>
    (await call((init) => http.POST('/uploads', { ...init, body }), options)).data as UploadOffer;
  const delivery = { images, create, timeoutSeconds, patienceSeconds };
  const { upload, store } = createUploader(delivery, watch, createSlots(concurrency));
  return {
    upload,
    watch,
    images,
    uploads: {
      ...{ store, create },
      send: (upload, file, options) => send(upload, blobOf(file), { timeoutSeconds, ...options }),
    },
    usage: async (options) => (await call((init) => http.GET('/usage', init), options)).data as Usage,
    health: async (options) => void (await call((init) => http.GET('/health', init), options)),
  };
}
