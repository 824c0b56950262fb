// SHA-256 of a file, computed outside of the main thread: small files by the platform, large ones whole in a worker, since
// the platform copies what it is given at once, which takes a third of a second for 100 MB.

import { digestInWorker, WorkerUnavailable } from './digest-in-worker.ts';
import { digestOf, type OnRead } from './digest-of.ts';

/** Copied within a few milliseconds. */
const smallBytes = 4 * 1024 * 1024;

/**
 * In base64, as the API wants it. Holds the whole file in memory meanwhile.
 * @param onRead told of the bytes read so far
 * @returns undefined where the platform has no digest: on pages that came over plain HTTP
 * @throws the signal's reason when it is aborted, and what the platform throws when the file cannot be read
 */
export async function sha256Of(
  file: Blob,
  onRead: OnRead,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  if (file.size <= smallBytes) return digestOf(file, onRead, signal);
  try {
    return await digestInWorker(file, onRead, signal);
  } catch (error) {
    // Node has none, a Content-Security-Policy may forbid it, and a bundler may have left its file out.
    if (!(error instanceof WorkerUnavailable)) throw error;
    return digestOf(file, onRead, signal);
  }
}
