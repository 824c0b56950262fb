// A walk through a file in many small steps: what is at hand is read without waiting, and little of it is in memory.

import type { HeaderReader } from './header-reader.ts';

export class Walk {
  readonly #file: HeaderReader;
  #at: number;
  #piece: Buffer = Buffer.alloc(0);
  #pieceAt = 0;

  constructor(file: HeaderReader, at: number) {
    this.#file = file;
    this.#at = at;
  }

  /** True when the next bytes are at hand. */
  has(byteLength: number): boolean {
    const from = this.#at - this.#pieceAt;
    return from >= 0 && from + byteLength <= this.#piece.length;
  }

  /** Brings the next bytes to hand; false when the file ends before. */
  async fetch(byteLength: number): Promise<boolean> {
    if (this.#at + byteLength > this.#file.byteLength) return false;
    this.#piece = await this.#file.from(this.#at, byteLength);
    this.#pieceAt = this.#at;
    return true;
  }

  /** From the place of the walk, as `has` allows. */
  uint8(offset: number): number {
    return this.#piece.readUInt8(this.#at - this.#pieceAt + offset);
  }

  uint16LE(offset: number): number {
    return this.#piece.readUInt16LE(this.#at - this.#pieceAt + offset);
  }

  skip(byteLength: number): void {
    this.#at += byteLength;
  }
}
