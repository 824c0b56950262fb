// The one client of the API among tools and tests, with nothing but fetch: create, upload, wait, download.

import { setTimeout as sleep } from 'node:timers/promises';
import type { SignedUpload, UploadRequest } from '../../shared/api/ports.ts';
import type { ProblemDetails } from '../../shared/api/problem.ts';

import type { ImageView } from '../../shared/domain/image-view.ts';
import { isSettled } from '../../shared/domain/status.ts';
import { OperatorError } from '../terminal/errors.ts';

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

export type ApiClient = ReturnType<typeof createApiClient>;

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
export function createApiClient(api: string, signal?: AbortSignal) {
  async function request(url: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(url, { ...init, ...(signal && { signal }) });
    if (!answer.ok) throw await refusalIn(answer);
    return answer;
  }

  async function createUpload(upload: UploadRequest): Promise<UploadOffer> {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(upload);
    return (await (await request(`${api}/uploads`, { method: 'POST', headers, body })).json()) as UploadOffer;
  }

  /** Uploads to where the offer says. @param onProgress told of the bytes sent so far */
  async function put(
    { method, url, headers }: SignedUpload,
    file: FileBytes,
    onProgress?: (sent: number) => void,
  ): Promise<void> {
    const body = onProgress ? counted(new Blob([file]).stream(), onProgress) : file;
    // Without it fetch would send a stream in chunks, and the length is what was signed.
    const length = { 'content-length': String(sizeOf(file)) };
    await request(url, { method, headers: { ...headers, ...length }, body, duplex: 'half' });
  }

  async function getImage(imageId: string): Promise<ImageView> {
    return (await (await request(`${api}/images/${imageId}`)).json()) as ImageView;
  }

  return {
    createUpload,
    put,
    getImage,

    /** @throws {OperatorError} when nobody answers */
    async checkHealth(): Promise<void> {
      await request(`${api}/health`).catch((cause: Error) => {
        signal?.throwIfAborted();
        throw new OperatorError(`The API does not answer at ${api}: start it with "npm start".`, { cause });
      });
    },

    /** Creates and puts. @returns the image's ID, once S3 has acknowledged it */
    async upload(file: FileBytes, contentType = 'image/jpeg'): Promise<string> {
      const { imageId, upload } = await createUpload({ contentType, contentLength: sizeOf(file) });
      await put(upload, file);
      return imageId;
    },

    /** @throws {OperatorError} when the image is not settled by then */
    async waitUntilSettled(imageId: string, waiting: Waiting): Promise<ImageView> {
      const { seconds, onAnswer, maxPauseMilliseconds = 1000 } = waiting;
      const deadline = Date.now() + seconds * 1000;
      for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 1.5, maxPauseMilliseconds)) {
        const image = await getImage(imageId);
        onAnswer?.(image);
        if (isSettled(image.status)) return image;
        if (Date.now() > deadline)
          throw new OperatorError(`Still ${image.status} after ${seconds} s: see the log of npm start.`);
        await sleep(pause, undefined, { ...(signal && { signal }) });
      }
    },

    async download(url: string): Promise<Uint8Array<ArrayBuffer>> {
      return new Uint8Array(await (await request(url)).arrayBuffer());
    },
  };
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
