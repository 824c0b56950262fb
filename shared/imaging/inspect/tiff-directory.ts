// TIFF directories: entries of the first one, and a bounded walk along the chain of the others.

import { PermanentFailure } from '../../domain/errors.ts';

const maxDirectories = 10_000;
const maxBlockBytes = 4 * 1024 * 1024;

const typeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

export interface TiffValue {
  readonly type: number;
  readonly count: number;
  /** As stored, in the file's byte order. */
  readonly bytes: Buffer;
}

export interface TiffDirectory {
  /** The first number under a tag. */
  number(tag: number): number | undefined;
  rational(tag: number): number | undefined;
  /** Everything under a tag; undefined when absent, absurdly long, or outside the file. */
  value(tag: number): TiffValue | undefined;
}

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the values lie. */
  readonly at: number;
}

interface Layout {
  readonly isLittle: boolean;
  readonly isBig: boolean;
}

/** The first directory of a TIFF structure, a whole file or an EXIF block. @throws {RangeError} when it is broken */
export function firstDirectory(bytes: Buffer): TiffDirectory {
  return directoryOf(bytes, firstOffset(bytes, layoutOf(bytes)));
}

/** The directory at an offset, as another one's entry states it. @throws {RangeError} when it is broken */
export function directoryOf(bytes: Buffer, offset: number): TiffDirectory {
  const layout = layoutOf(bytes);
  return directory(bytes, directoryAt(bytes, offset, layout).entries, layout);
}

/**
 * How many directories follow each other, and whether the file is a BigTIFF.
 * @throws {PermanentFailure} when they run in a circle
 */
export function directoryChain(bytes: Buffer): { count: number; isBig: boolean } {
  const layout = layoutOf(bytes);
  const seen = new Set<number>();
  for (let at = firstOffset(bytes, layout); at !== 0; ) {
    if (seen.has(at)) throw new PermanentFailure('corrupt-image', 'a TIFF whose directories run in a circle');
    seen.add(at);
    if (seen.size > maxDirectories || at + 2 > bytes.length) break;
    at = directoryAt(bytes, at, layout).next;
  }
  return { count: seen.size, isBig: layout.isBig };
}

function layoutOf(bytes: Buffer): Layout {
  const isLittle = bytes.toString('latin1', 0, 2) === 'II';
  return { isLittle, isBig: uint(bytes, 2, 2, isLittle) === 43 };
}

function firstOffset(bytes: Buffer, { isLittle, isBig }: Layout): number {
  return isBig ? uint(bytes, 8, 8, isLittle) : uint(bytes, 4, 4, isLittle);
}

function directoryAt(bytes: Buffer, at: number, { isLittle, isBig }: Layout) {
  const [countBytes, entryBytes, wordBytes] = isBig ? [8, 20, 8] : [2, 12, 4];
  const count = uint(bytes, at, countBytes, isLittle);
  if (count > 4096) throw new RangeError('a directory of absurd length');
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index += 1) {
    const entry = at + countBytes + index * entryBytes;
    const type = uint(bytes, entry + 2, 2, isLittle);
    const values = uint(bytes, entry + 4, wordBytes, isLittle);
    const valueAt = entry + 4 + wordBytes;
    const isInline = values * (typeBytes[type] ?? 1) <= wordBytes;
    entries.set(uint(bytes, entry, 2, isLittle), {
      type,
      count: values,
      at: isInline ? valueAt : uint(bytes, valueAt, wordBytes, isLittle),
    });
  }
  const nextAt = at + countBytes + count * entryBytes;
  const next = nextAt + wordBytes <= bytes.length ? uint(bytes, nextAt, wordBytes, isLittle) : 0;
  return { entries, next };
}

function directory(bytes: Buffer, entries: ReadonlyMap<number, Entry>, { isLittle }: Layout): TiffDirectory {
  return {
    number(tag) {
      const entry = entries.get(tag);
      if (entry === undefined || entry.count === 0) return undefined;
      const width = typeBytes[entry.type] ?? 0;
      if (![1, 2, 4, 8].includes(width) || entry.at + width > bytes.length) return undefined;
      return uint(bytes, entry.at, width, isLittle);
    },
    rational(tag) {
      const entry = entries.get(tag);
      if (entry?.type !== 5 || entry.at + 8 > bytes.length) return undefined;
      const denominator = uint(bytes, entry.at + 4, 4, isLittle);
      return denominator === 0 ? undefined : uint(bytes, entry.at, 4, isLittle) / denominator;
    },
    value(tag) {
      const entry = entries.get(tag);
      const length = entry === undefined ? 0 : entry.count * (typeBytes[entry.type] ?? 1);
      if (entry === undefined || length === 0 || length > maxBlockBytes) return undefined;
      if (entry.at + length > bytes.length) return undefined;
      return { type: entry.type, count: entry.count, bytes: bytes.subarray(entry.at, entry.at + length) };
    },
  };
}

function uint(bytes: Buffer, at: number, byteLength: number, isLittle: boolean): number {
  if (byteLength === 8) {
    return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  }
  return isLittle ? bytes.readUIntLE(at, byteLength) : bytes.readUIntBE(at, byteLength);
}
