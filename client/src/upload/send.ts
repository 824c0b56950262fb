// Sends a file to its URL, once: by XMLHttpRequest where there is one, since fetch tells no browser how far it is.

import { ConnectionError, UploadError } from '../errors.ts';
import type { UploadOffer } from '../model.ts';
import { sendByFetch } from './send-by-fetch.ts';
import { sendByXhr } from './send-by-xhr.ts';

export interface SendOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of the bytes sent so far. */
  readonly onProgress?: (sentBytes: number) => void;
  /** How long nothing may move. */
  readonly timeoutSeconds: number;
}

/**
 * Sends it. Fulfilled when S3 has it.
 * @throws {UploadError} when S3 refuses it
 * @throws {ConnectionError} when the connection breaks, or nothing moves any more
 */
export async function send(
  target: UploadOffer['upload'],
  file: Blob,
  { signal, onProgress, timeoutSeconds }: SendOptions,
): Promise<void> {
  const ends = new AbortController();
  const stop = () => ends.abort(signal?.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop, { once: true });
  const stall = () => ends.abort(new Error(`Nothing moved for ${timeoutSeconds} seconds.`));
  let timer = setTimeout(stall, timeoutSeconds * 1000);
  const transport = 'XMLHttpRequest' in globalThis ? sendByXhr : sendByFetch;
  try {
    const moved = (sentBytes: number) => {
      clearTimeout(timer);
      timer = setTimeout(stall, timeoutSeconds * 1000);
      onProgress?.(sentBytes);
    };
    const { status, body } = await transport(target, file, moved, ends.signal);
    if (status < 200 || status > 299) throw refusal(status, body);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof UploadError) throw cause;
    throw new ConnectionError('The connection broke while the file was sent.', { cause });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function refusal(status: number, body: string): UploadError {
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(body) ?? [];
  const [, message] = /<Message>([^<]*)<\/Message>/.exec(body) ?? [];
  return new UploadError(status, code, message);
}
