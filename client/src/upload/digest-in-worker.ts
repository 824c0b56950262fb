// The page's side of the worker that computes checksums: one worker a file, which ends with it.

import type { OnRead } from './digest-of.ts';
import type { Said } from './digest-worker.ts';

/** No worker runs here. */
export class WorkerUnavailable extends Error {}

/** What is used of it: this library is compiled without a browser's types. */
interface DigestWorker {
  onmessage: ((event: { readonly data: Said }) => void) | null;
  onerror: ((event: { preventDefault(): void }) => void) | null;
  postMessage(file: Blob): void;
  terminate(): void;
}

/**
 * In base64.
 * @throws {WorkerUnavailable} where there is none
 * @throws the signal's reason when it is aborted, and what the platform throws when the file cannot be read
 */
export function digestInWorker(file: Blob, onRead: OnRead, signal?: AbortSignal): Promise<string> {
  return new Promise((fulfil, reject) => {
    signal?.throwIfAborted();
    const worker = start();
    const end = (settle: () => void) => {
      worker.terminate();
      signal?.removeEventListener('abort', stop);
      settle();
    };
    const stop = () => end(() => reject(signal?.reason));
    signal?.addEventListener('abort', stop, { once: true });
    worker.onerror = (event) => {
      event.preventDefault();
      end(() => reject(new WorkerUnavailable('The worker does not start.')));
    };
    worker.onmessage = ({ data }) => {
      try {
        if ('error' in data) throw Object.assign(new Error(data.error.message), { name: data.error.name });
        if ('digest' in data) end(() => fulfil(data.digest));
        else onRead(data.bytes);
      } catch (error) {
        end(() => reject(error));
      }
    };
    worker.postMessage(file);
  });
}

function start(): DigestWorker {
  const { Worker } = globalThis as unknown as {
    readonly Worker?: new (url: URL, options: { readonly type: 'module' }) => DigestWorker;
  };
  if (Worker === undefined) throw new WorkerUnavailable('This platform has no workers.');
  try {
    return new Worker(new URL('./digest-worker.ts', import.meta.url), { type: 'module' });
  } catch (cause) {
    throw new WorkerUnavailable('The worker may not be started.', { cause });
  }
}
