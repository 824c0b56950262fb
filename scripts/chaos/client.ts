// A client like any other: asks for a URL, uploads to it, and tries again for as long as the stack is down.
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../terminal/errors.ts';
import type { ChaosFile } from './files.ts';

const pauseMilliseconds = 500;
const maxTries = 120;

/**
 * Uploads a file.
 * @returns its image's ID
 * @throws {OperatorError} when the stack does not come back within a minute
 */
export async function upload(api: string, { name, contentType, bytes }: ChaosFile): Promise<string> {
  const request = JSON.stringify({ contentType, contentLength: bytes.byteLength, fileName: name });
  const created = await untilAnswered(async () => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${api}/uploads`, { method: 'POST', headers, body: request });
    return response.status === 201 ? ((await response.json()) as Created) : undefined;
  });
  await untilAnswered(async () => {
    const { url, headers } = created.upload;
    const response = await fetch(url, { method: 'PUT', headers, body: Uint8Array.from(bytes) });
    await response.arrayBuffer();
    // A URL works once: a second try is refused when the first one, whose answer was lost, had arrived.
    return response.ok || response.status === 412 ? true : undefined;
  });
  return created.imageId;
}

interface Created {
  readonly imageId: string;
  readonly upload: { readonly url: string; readonly headers: Record<string, string> };
}

async function untilAnswered<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const answer = await attempt().catch(() => undefined);
    if (answer !== undefined) return answer;
    await sleep(pauseMilliseconds);
  }
  throw new OperatorError('The stack answers nothing but errors.');
}
