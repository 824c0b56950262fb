// TIFF directories, in files and in EXIF blocks (TIFF 6.0, BigTIFF): of each, only the tags that are asked for are read.

import { PermanentFailure } from '../../domain/errors.ts';
import type { HeaderReader } from './header-reader.ts';

/** Cameras write under a hundred entries a directory; raw converters a few more. */
const maxEntries = 512;
const maxDirectories = 10_000;

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
const textType = 2;
/** Two LONGs, or two SLONGs. */
const rationalTypes: ReadonlySet<number> = new Set([5, 10]);
const signedTypes: ReadonlySet<number> = new Set([6, 8, 9, 10, 17]);
const integerTypes: ReadonlySet<number> = new Set([1, 3, 4, 6, 8, 9, 13, 16, 17, 18]);

/** Tags that are read, and the most bytes that each may take: longer text is cut off, anything else that is longer left out. */
export type WantedTags = ReadonlyMap<number, number>;

/** The wanted tags of one directory, in memory. */
export interface TiffDirectory {
  /** The first number under a tag; of a rational, its quotient. */
  number(tag: number): number | undefined;
  /** The numbers under a tag; of rationals, the numerator and denominator of each. */
  pairs(tag: number): (readonly [numerator: number, denominator: number])[];
  /** The bytes under a tag. */
  bytes(tag: number): Buffer | undefined;
}

interface Value {
  readonly type: number;
  readonly bytes: Buffer;
}

interface Entry {
  readonly type: number;
  /** Bytes. */
  readonly length: number;
  /** Where the values lie. */
  readonly at: number;
}

interface Layout {
  readonly isLittle: boolean;
  readonly isBig: boolean;
}

/** A TIFF structure: a whole file, or an EXIF block. */
export interface TiffStructure extends Layout {
  readonly file: HeaderReader;
  readonly firstDirectoryAt: number;
}

/** @throws {RangeError} when its header is broken */
export async function tiffStructure(file: HeaderReader): Promise<TiffStructure> {
  const head = await file.bytes(0, Math.min(16, file.byteLength));
  const isLittle = head.toString('latin1', 0, 2) === 'II';
  const isBig = uint(head, 2, 2, isLittle) === 43;
  const firstDirectoryAt = isBig ? uint(head, 8, 8, isLittle) : uint(head, 4, 4, isLittle);
  return { file, isLittle, isBig, firstDirectoryAt };
}

/** @throws {RangeError} when it is broken or absurdly long */
export async function readDirectory(
  structure: TiffStructure,
  at: number,
  wanted: WantedTags,
): Promise<TiffDirectory> {
  const values = new Map<number, Value>();
  for (const [tag, { type, length, at: valueAt }] of await entriesAt(structure, at)) {
    const most = wanted.get(tag) ?? 0;
    const isOutside = valueAt + length > structure.file.byteLength;
    if (length === 0 || isOutside || (length > most && type !== textType)) continue;
    values.set(tag, { type, bytes: await structure.file.bytes(valueAt, Math.min(length, most)) });
  }
  return directoryOf(values, structure.isLittle);
}

/** A directory with nothing in it. */
export const emptyDirectory: TiffDirectory = directoryOf(new Map(), true);

/**
 * How many directories follow each other, 10,000 at most. Their entries are stepped over: directories may overlap.
 * @throws {PermanentFailure} when they run in a circle
 */
export async function countDirectories({
  file,
  firstDirectoryAt,
  ...layout
}: TiffStructure): Promise<number> {
  const { countBytes, entryBytes, wordBytes } = widthsOf(layout);
  const seen = new Set<number>();
  for (let at = firstDirectoryAt; at !== 0; ) {
    if (seen.has(at)) throw new PermanentFailure('corrupt-image', 'a TIFF whose directories run in a circle');
    seen.add(at);
    if (seen.size > maxDirectories || at + countBytes > file.byteLength) break;
    const count = uint(await file.bytes(at, countBytes), 0, countBytes, layout.isLittle);
    const nextAt = at + countBytes + count * entryBytes;
    if (nextAt + wordBytes > file.byteLength) break;
    at = uint(await file.bytes(nextAt, wordBytes), 0, wordBytes, layout.isLittle);
  }
  return seen.size;
}

function widthsOf({ isBig }: Pick<Layout, 'isBig'>) {
  return isBig
    ? { countBytes: 8, entryBytes: 20, wordBytes: 8 }
    : { countBytes: 2, entryBytes: 12, wordBytes: 4 };
}

/** By tag; of repeated ones the last. Entries behind the end of the file are left out. */
async function entriesAt(structure: TiffStructure, at: number): Promise<Map<number, Entry>> {
  const { file, isLittle } = structure;
  const { countBytes, entryBytes, wordBytes } = widthsOf(structure);
  const count = uint(await file.bytes(at, countBytes), 0, countBytes, isLittle);
  if (count > maxEntries) throw new RangeError('a directory of absurd length');
  const entriesAt = at + countBytes;
  const present = Math.min(count, Math.floor((file.byteLength - entriesAt) / entryBytes));
  const bytes = await file.bytes(entriesAt, present * entryBytes);
  const entries = new Map<number, Entry>();
  for (let start = 0; start < bytes.length; start += entryBytes) {
    const type = uint(bytes, start + 2, 2, isLittle);
    const length = uint(bytes, start + 4, wordBytes, isLittle) * (typeBytes[type] ?? 0);
    const valueAt = start + 4 + wordBytes;
    const isInline = length <= wordBytes;
    const absolute = isInline ? entriesAt + valueAt : uint(bytes, valueAt, wordBytes, isLittle);
    entries.set(uint(bytes, start, 2, isLittle), { type, length, at: absolute });
  }
  return entries;
}

function directoryOf(values: ReadonlyMap<number, Value>, isLittle: boolean): TiffDirectory {
  const pairs: TiffDirectory['pairs'] = (tag) => {
    const value = values.get(tag);
    return value === undefined ? [] : pairsOf(value, isLittle);
  };
  return {
    pairs,
    number(tag) {
      const [numerator = Number.NaN, denominator = 1] = pairs(tag)[0] ?? [];
      const quotient = numerator / denominator;
      return Number.isFinite(quotient) ? quotient : undefined;
    },
    bytes: (tag) => values.get(tag)?.bytes,
  };
}

function pairsOf({ type, bytes }: Value, isLittle: boolean): (readonly [number, number])[] {
  const isRational = rationalTypes.has(type);
  if (!isRational && !integerTypes.has(type)) return [];
  const width = typeBytes[type] ?? 1;
  const read = (at: number, byteLength: number) =>
    signedTypes.has(type) ? int(bytes, at, byteLength, isLittle) : uint(bytes, at, byteLength, isLittle);
  const count = Math.floor(bytes.length / width);
  return Array.from({ length: count }, (_, index) => {
    const at = index * width;
    return isRational ? [read(at, 4), read(at + 4, 4)] : [read(at, width), 1];
  });
}

function uint(bytes: Buffer, at: number, byteLength: number, isLittle: boolean): number {
  if (byteLength === 8) {
    return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  }
  return isLittle ? bytes.readUIntLE(at, byteLength) : bytes.readUIntBE(at, byteLength);
}

function int(bytes: Buffer, at: number, byteLength: number, isLittle: boolean): number {
  if (byteLength === 8) return Number(isLittle ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at));
  return isLittle ? bytes.readIntLE(at, byteLength) : bytes.readIntBE(at, byteLength);
}
