// Reads a file's header from few, large, ranged reads: the first one answers nearly every photo.

import type { ByteSource } from '../contract.ts';
import type { HeaderReader } from './inspection.ts';

/** Holds all metadata of nearly every camera photo; what does not fit costs one more read. */
const firstReadBytes = 96 * 1024;
const laterReadBytes = 32 * 1024;
/** A header that still jumps about after this many reads is fetched whole: the rest costs less than more round trips. */
const maxReads = 6;

interface Window {
  readonly offset: number;
  readonly bytes: Buffer;
}

export class RangedHeaderReader implements HeaderReader {
  readonly byteLength: number;
  readonly #source: ByteSource;
  #windows: Window[] = [];
  #bytesRead = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.byteLength = source.byteLength;
  }

  /** Bytes fetched so far. */
  get bytesRead(): number {
    return this.#bytesRead;
  }

  async bytes(offset: number, length: number): Promise<Buffer> {
    if (length === 0) return Buffer.alloc(0);
    if (offset < 0 || length < 0 || offset + length > this.byteLength) {
      throw new RangeError(`the file ends before byte ${offset + length}`);
    }
    const within = this.#find(offset, length) ?? (await this.#fetch(offset, length));
    return within.bytes.subarray(offset - within.offset, offset - within.offset + length);
  }

  all(): Promise<Buffer> {
    return this.bytes(0, this.byteLength);
  }

  #find(offset: number, length: number): Window | undefined {
    return this.#windows.find(
      (window) => offset >= window.offset && offset + length <= window.offset + window.bytes.length,
    );
  }

  async #fetch(offset: number, length: number): Promise<Window> {
    const isFirst = this.#windows.length === 0;
    const [from, wanted] =
      this.#windows.length >= maxReads
        ? [0, this.byteLength]
        : [
            isFirst ? 0 : offset,
            Math.max(isFirst ? offset + length : length, isFirst ? firstReadBytes : laterReadBytes),
          ];
    const bytes = await this.#read(from, Math.min(wanted, this.byteLength - from));
    const window = { offset: from, bytes };
    this.#windows.push(window);
    return window;
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    const read = await this.#source.read(offset, length);
    this.#bytesRead += read.byteLength;
    if (read.byteLength < length) throw new RangeError('the file is shorter than it was said to be');
    return Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  }
}

/** A file that is in memory already. */
export class BufferHeaderReader implements HeaderReader {
  readonly byteLength: number;
  readonly #bytes: Buffer;

  constructor(file: Uint8Array) {
    this.#bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
    this.byteLength = file.byteLength;
  }

  async bytes(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || length < 0 || offset + length > this.byteLength) {
      throw new RangeError(`the file ends before byte ${offset + length}`);
    }
    return this.#bytes.subarray(offset, offset + length);
  }

  async all(): Promise<Buffer> {
    return this.#bytes;
  }
}
