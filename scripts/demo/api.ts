// A client of the API, with nothing but fetch: what an application that uses Darkroom would write.

import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { SignedUpload } from '../../shared/api/ports.ts';
import type { ProblemDetails } from '../../shared/api/problem.ts';
import type { ImageView } from '../../shared/domain/image-view.ts';

export interface UploadOffer {
  readonly imageId: string;
  readonly upload: SignedUpload;
}

export interface NewUpload {
  readonly contentType: string;
  readonly contentLength: number;
  readonly fileName?: string;
}

export interface ApiClient {
  /** @throws {ApiUnreachable} when nobody answers */
  checkHealth(): Promise<void>;
  createUpload(upload: NewUpload): Promise<UploadOffer>;
  getImage(imageId: string): Promise<ImageView>;
  /** Streams a file to where the offer says. @param onProgress is told of bytes sent so far */
  putFile(
    upload: SignedUpload,
    path: string,
    bytes: number,
    onProgress: (sent: number) => void,
  ): Promise<void>;
  /** Polls until the image is settled. @param onChange is told of every answer until then */
  waitUntilSettled(
    imageId: string,
    waitSeconds: number,
    onChange: (image: ImageView) => void,
  ): Promise<ImageView>;
  download(url: string): Promise<Uint8Array>;
}

/** Nobody answers at the API's address. */
export class ApiUnreachable extends Error {
  override readonly name = 'ApiUnreachable';
}

const firstPollMilliseconds = 50;
const lastPollMilliseconds = 1000;

/** @param signal ends every request that is on its way */
export function createApiClient(api: string, signal: AbortSignal): ApiClient {
  async function request(url: string, init: RequestInit & { duplex?: 'half' } = {}): Promise<Response> {
    const answer = await fetch(url, { ...init, signal });
    if (!answer.ok) throw new Error(refusalIn(answer, await answer.text()));
    return answer;
  }

  async function getImage(imageId: string): Promise<ImageView> {
    const answer = await request(`${api}/images/${imageId}`);
    return (await answer.json()) as ImageView;
  }

  return {
    getImage,

    async checkHealth() {
      await request(`${api}/health`).catch((cause: Error) => {
        signal.throwIfAborted();
        throw new ApiUnreachable(`The API does not answer at ${api}: start it with "npm start".`, { cause });
      });
    },

    async createUpload(upload) {
      const answer = await request(`${api}/uploads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(upload),
      });
      return (await answer.json()) as UploadOffer;
    },

    async putFile({ method, url, headers }, path, bytes, onProgress) {
      await request(url, {
        method,
        // Without it fetch would send the stream in chunks, and the length is what was signed.
        headers: { ...headers, 'content-length': String(bytes) },
        body: Readable.toWeb(Readable.from(counted(path, onProgress))),
        duplex: 'half',
      });
    },

    async waitUntilSettled(imageId, waitSeconds, onChange) {
      const deadline = Date.now() + waitSeconds * 1000;
      for (let pause = firstPollMilliseconds; ; pause = Math.min(pause * 1.5, lastPollMilliseconds)) {
        const image = await getImage(imageId);
        onChange(image);
        if (image.status !== 'awaiting-upload' && image.status !== 'processing') return image;
        if (Date.now() > deadline)
          throw new Error(`Still ${image.status} after ${waitSeconds} s: see the log of npm start.`);
        await setTimeout(pause, undefined, { signal });
      }
    },

    async download(url) {
      return new Uint8Array(await (await request(url)).arrayBuffer());
    },
  };
}

async function* counted(path: string, onProgress: (sent: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
    yield chunk;
    sent += chunk.byteLength;
    onProgress(sent);
  }
}

/** What the API says in problem details, or S3 in XML. */
function refusalIn({ status, headers }: Response, body: string): string {
  if (headers.get('content-type')?.startsWith('application/problem+json')) {
    const { code, detail } = JSON.parse(body) as ProblemDetails;
    return `${code}: ${detail}`;
  }
  const [, code] = /<Code>(\w+)<\/Code>/.exec(body) ?? [];
  return code ? `S3 refused the upload: ${code} (${status})` : `The answer was ${status}.`;
}
