// How much metadata one file may hold, and how much of it may be compressed.

import { inflateSync } from 'node:zlib';

/** Of one block. Real profiles and packets stay below; bombs do not. */
export const maxMetadataBytes = 4 * 1024 * 1024;
/** What all compressed metadata of a file may grow to, sound or not. */
const maxInflatedBytes = 4 * 1024 * 1024;
/** No deflated stream grows further than this (https://zlib.net/zlib_tech.html), whether it ends soundly or not. */
const maxRatio = 1032;

/** Inflates a file's metadata, chunk after chunk, out of one budget. */
export class InflateBudget {
  #leftBytes = maxInflatedBytes;

  /** @throws {RangeError} when it would grow beyond what is left @throws {Error} when it is damaged */
  inflate(deflated: Buffer): Buffer {
    const most = Math.min(this.#leftBytes, maxRatio * deflated.length);
    if (most === 0) throw new RangeError('the file holds more compressed metadata than is read');
    // Spent before the work is done: a chunk that fails has cost as much as one that does not.
    this.#leftBytes -= most;
    const inflated = inflateSync(deflated, { maxOutputLength: most });
    this.#leftBytes += most - inflated.length;
    return inflated;
  }
}
