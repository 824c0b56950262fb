// The file in which an original is handed to the child: open in both processes and without a name, so that nothing of it
// stays behind however they end.

import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Original } from '../contract.ts';

/** The room of a photo is kept for the next one: to be given it anew costs 2 % of the CPU that a photo takes. */
const keptBytes = 16 * 1024 * 1024;

/** The parent's side. Works synchronously: to the system this is copying memory. */
export class OriginalFile {
  /** For the child: to read from. */
  readonly descriptor: number;
  readonly #written: number;
  #byteLength = 0;
  #isClosed = false;

  constructor() {
    const path = join(tmpdir(), `darkroom-${randomUUID()}`);
    this.#written = openSync(path, 'wx', 0o600);
    this.descriptor = openSync(path, 'r');
    rmSync(path);
  }

  /** Replaces what the file held. @throws {Error} when the disk is full or the file closed */
  write(bytes: Uint8Array): void {
    if (this.#isClosed) throw new Error('the file of the original is closed');
    this.#resize(bytes.byteLength);
    for (let at = 0; at < bytes.byteLength; ) {
      at += writeSync(this.#written, bytes, at, bytes.byteLength - at, at);
    }
  }

  /** Gives back what the file takes of memory and disk beyond the size of a photo. */
  trim(): void {
    if (!this.#isClosed && this.#byteLength > keptBytes) this.#resize(keptBytes);
  }

  close(): void {
    if (!this.#isClosed) for (const descriptor of [this.descriptor, this.#written]) closeSync(descriptor);
    this.#isClosed = true;
  }

  #resize(byteLength: number): void {
    ftruncateSync(this.#written, byteLength);
    this.#byteLength = byteLength;
  }
}

/** The child's side: the original in an open file. Only Linux names open files so that each opening has its own position. */
export function originalIn(descriptor: number, byteLength: number): Original {
  return {
    byteLength,
    ...(process.platform === 'linux' && { path: `/proc/self/fd/${descriptor}` }),
    async read(offset, length, into) {
      const wanted = Math.max(0, Math.min(length, byteLength - offset));
      const bytes = into ?? Buffer.allocUnsafe(wanted);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, wanted, offset));
    },
  };
}
