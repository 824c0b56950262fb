// The one client of the API among tools and tests, with nothing but fetch: create, upload, wait, download.

import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedUpload, UploadRequest } from '../../shared/api/ports.ts';
import type { ProblemDetails } from '../../shared/api/problem.ts';

import type { ImageView } from '../../shared/domain/image-view.ts';
import { isSettled } from '../../shared/domain/status.ts';

export interface UploadOffer {
  readonly imageId: string;
  readonly upload: SignedUpload;
}

/** The bytes of a file: here, or on disk. */
export type FileBytes = Uint8Array | Blob;

export interface Waiting {
  /** How long, at most. */
  readonly seconds: number;
  /** Told of every answer, the last one included. */
  readonly onAnswer?: (image: ImageView) => void;
  /** Between two requests: it begins short and grows up to here. */
  readonly maxPauseMilliseconds?: number;
}

export interface ApiClient {
  /** @throws {ApiUnreachable} when nobody answers */
  checkHealth(): Promise<void>;
  createUpload(request: UploadRequest): Promise<UploadOffer>;
  /** Uploads to where the offer says. @param onProgress told of the bytes sent so far */
  put(upload: SignedUpload, file: FileBytes, onProgress?: (sent: number) => void): Promise<void>;
  /** Creates and puts. @returns the image's ID, once S3 has acknowledged it */
  upload(file: FileBytes, contentType?: string): Promise<string>;
  getImage(imageId: string): Promise<ImageView>;
  /** @throws {Error} when the image is not settled by then */
  waitUntilSettled(imageId: string, waiting: Waiting): Promise<ImageView>;
  download(url: string): Promise<Uint8Array<ArrayBuffer>>;
}

/** Nobody answers at the API's address. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

/** The API or S3 has answered, and said no. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly status: number;
  /** Of the problem details, or of S3's error document. */
  readonly code: string | undefined;

  constructor(status: number, code: string | undefined, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const firstPauseMilliseconds = 10;

/**
 * Every call throws {@link RequestRefused} for an answer that is not a success, and what fetch throws without an answer.
 * @param signal ends every request that is on its way
 */
export function createApiClient(api: string, signal?: AbortSignal): ApiClient {
  async function request(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, { ...init, ...(signal && { signal }) });
    if (!answer.ok) throw await refusalIn(answer);
    return answer;
  }

  const client: ApiClient = {
    async checkHealth() {
      await request(`${api}/health`).catch((cause: Error) => {
        signal?.throwIfAborted();
        throw new ApiUnreachable(`The API does not answer at ${api}: start it with "npm start".`, { cause });
      });
    },

    async createUpload(upload) {
      const headers = { 'content-type': 'application/json' };
      const answer = await request(`${api}/uploads`, {
        ...{ method: 'POST', headers, body: JSON.stringify(upload) },
      });
      return (await answer.json()) as UploadOffer;
    },

    async put({ method, url, headers }, file, onProgress) {
      const body = onProgress ? counted(new Blob([file]).stream(), onProgress) : file;
      // Without it fetch would send a stream in chunks, and the length is what was signed.
      const length = { 'content-length': String(sizeOf(file)) };
      await request(url, { method, headers: { ...headers, ...length }, body, duplex: 'half' });
    },

    async upload(file, contentType = 'image/jpeg') {
      const { imageId, upload } = await client.createUpload({ contentType, contentLength: sizeOf(file) });
      await client.put(upload, file);
      return imageId;
    },

    async getImage(imageId) {
      return (await (await request(`${api}/images/${imageId}`)).json()) as ImageView;
    },

    async waitUntilSettled(imageId, { seconds, onAnswer, maxPauseMilliseconds = 1000 }) {
      const deadline = Date.now() + seconds * 1000;
      for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 1.5, maxPauseMilliseconds)) {
        const image = await client.getImage(imageId);
        onAnswer?.(image);
        if (isSettled(image.status)) return image;
        if (Date.now() > deadline)
          throw new Error(`Still ${image.status} after ${seconds} s: see the log of npm start.`);
        await sleep(pause, undefined, { ...(signal && { signal }) });
      }
    },

    async download(url) {
      return new Uint8Array(await (await request(url)).arrayBuffer());
    },
  };
  return client;
}

function sizeOf(file: FileBytes): number {
  return file instanceof Blob ? file.size : file.byteLength;
}

async function* counted(
  stream: ReadableStream<Uint8Array>,
  onProgress: (sent: number) => void,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of stream) {
    yield chunk;
    sent += chunk.byteLength;
    onProgress(sent);
  }
}

/** What the API says in problem details, or S3 in XML. */
async function refusalIn(answer: Response): Promise<RequestRefused> {
  const { status, headers } = answer;
  const body = await answer.text();
  if (headers.get('content-type')?.startsWith('application/problem+json')) {
    const { code, detail } = JSON.parse(body) as ProblemDetails;
    return new RequestRefused(status, code, `${code}: ${detail}`);
  }
  const [, code] = /<Code>(\w+)<\/Code>/.exec(body) ?? [];
  const message = code ? `S3 refused the upload: ${code} (${status})` : `The answer was ${status}.`;
  return new RequestRefused(status, code, message);
}
