// Reads a file's header from few ranged reads: the first one answers nearly every photo. Bounded in number and bytes.

import { PermanentFailure } from '../../domain/errors.ts';
import type { ByteSource } from '../contract.ts';

/** Holds all metadata of nearly every camera photo; what does not fit costs one more read. */
const firstReadBytes = 96 * 1024;
/** Of the second read; each one after it is twice as long as the one before. */
const secondReadBytes = 32 * 1024;
/** What one read fetches at most: a header that runs through the whole file is read on in pieces of this length. */
const largeReadBytes = 8 * 1024 * 1024;
/** Far more than any camera's or editor's file needs; a file that is read back and forth is made to cost time. */
const maxReads = 64;
/** Bytes fetched of one file, beside twice its length: once to walk through it, once for what it points back to. */
const maxExtraBytes = 1024 * 1024;
/** Bytes kept of what was fetched, beside the first read. */
const maxKeptBytes = 16 * 1024 * 1024;
/** No block that is looked at is longer: an SVG's whole text at most. */
export const maxBlockBytes = 16 * 1024 * 1024;

/** A file read piece by piece, with every read checked against its end. */
export interface HeaderReader {
  readonly byteLength: number;
  /** @throws {RangeError} when the file ends before, or the block is longer than any that is looked at */
  bytes(offset: number, length: number): Promise<Buffer>;
  /** At least `length` bytes, and all behind them that are at hand: what walks through a file asks once for many steps. */
  from(offset: number, length: number): Promise<Buffer>;
}

interface Window {
  readonly offset: number;
  readonly bytes: Buffer;
}

export class RangedHeaderReader implements HeaderReader {
  readonly byteLength: number;
  readonly #source: ByteSource;
  #windows: Window[] = [];
  #reads = 0;
  #bytesRead = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.byteLength = source.byteLength;
  }

  async bytes(offset: number, length: number): Promise<Buffer> {
    return (await this.from(offset, length)).subarray(0, length);
  }

  async from(offset: number, length: number): Promise<Buffer> {
    checkRange(this, offset, length);
    if (length === 0) return Buffer.alloc(0);
    const within = this.#find(offset, length) ?? (await this.#fetch(offset, length));
    return within.bytes.subarray(offset - within.offset);
  }

  #find(offset: number, length: number): Window | undefined {
    return this.#windows.find(
      (window) => offset >= window.offset && offset + length <= window.offset + window.bytes.length,
    );
  }

  async #fetch(offset: number, length: number): Promise<Window> {
    const from = this.#reads === 0 && offset + length <= firstReadBytes ? 0 : offset;
    const wanted = Math.max(offset - from + length, this.#nextReadBytes());
    const window = { offset: from, bytes: await this.#read(from, Math.min(wanted, this.byteLength - from)) };
    this.#windows.push(window);
    this.#forget();
    return window;
  }

  #nextReadBytes(): number {
    if (this.#reads === 0) return firstReadBytes;
    return Math.min(largeReadBytes, secondReadBytes * 2 ** (this.#reads - 1));
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    this.#reads += 1;
    this.#bytesRead += length;
    if (this.#reads > maxReads || this.#bytesRead > 2 * this.byteLength + maxExtraBytes) {
      throw new PermanentFailure('too-expensive', 'a header that is scattered all over the file');
    }
    const read = await this.#source.read(offset, length);
    if (read.byteLength < length) throw new RangeError('the file is shorter than it was said to be');
    return Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  }

  /** Drops what was fetched longest ago, but never the first read: headers point back to it. */
  #forget(): void {
    const kept = () => this.#windows.slice(1).reduce((sum, { bytes }) => sum + bytes.length, 0);
    while (this.#windows.length > 2 && kept() > maxKeptBytes) this.#windows.splice(1, 1);
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
    checkRange(this, offset, length);
    return this.#bytes.subarray(offset, offset + length);
  }

  async from(offset: number, length: number): Promise<Buffer> {
    checkRange(this, offset, length);
    return this.#bytes.subarray(offset);
  }
}

function checkRange({ byteLength }: HeaderReader, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= byteLength)) {
    throw new RangeError(`the file ends before byte ${offset + length}`);
  }
  if (length > maxBlockBytes) throw new RangeError(`a block of ${length} bytes`);
}
