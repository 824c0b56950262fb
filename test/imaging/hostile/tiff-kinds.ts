// Hostile TIFF files and EXIF blocks: directories that overlap, run in circles, or lie about their length.

import { ascii, longSource, segment, u16, u32 } from './bytes.ts';
import { jpegWith } from './jpeg-kinds.ts';
import type { HostileKind } from './kind.ts';

/** Tag, type, count, and value or offset. */
type Entry = readonly [tag: number, type: number, count: number, value: number];

export function directory(entries: readonly Entry[], next: number): Buffer {
  const written = entries.map(([tag, type, count, value]) =>
    Buffer.concat([u16(tag, true), u16(type, true), u32(count, true), u32(value, true)]),
  );
  return Buffer.concat([u16(entries.length, true), ...written, u32(next, true)]);
}

const header = (firstDirectoryAt: number) => Buffer.concat([ascii('II*\0'), u32(firstDirectoryAt, true)]);

const picture: readonly Entry[] = [
  [256, 3, 1, 64],
  [257, 3, 1, 48],
  [262, 3, 1, 1],
];

/** A first directory, then ones that lie two bytes apart and claim thousands of entries each. */
function overlapping(size: number): Buffer {
  const first = directory(picture, 100);
  const file = Buffer.alloc(400_000, 0xff);
  header(8).copy(file);
  first.copy(file, 8);
  const entries = 4000;
  for (let index = 0; index < size; index += 1) {
    const at = 100 + index * 6;
    file.writeUInt16LE(entries, at);
    const nextAt = at + 2 + entries * 12;
    if (nextAt + 4 <= file.length) file.writeUInt32LE(index + 1 < size ? at + 6 : 0, nextAt);
  }
  return file;
}

/** Directories that lie a megabyte apart, the last one first. */
function scattered(size: number): Buffer {
  const step = 1024 * 1024;
  const file = Buffer.alloc((size + 1) * step);
  header(size * step).copy(file);
  for (let index = size; index > 0; index -= 1) {
    directory(picture, index > 1 ? (index - 1) * step : 0).copy(file, index * step);
  }
  return file;
}

function exifJpeg(block: Buffer): Buffer {
  return jpegWith(segment(0xe1, Buffer.concat([ascii('Exif\0\0'), block])));
}

const manyEntries = (size: number) =>
  directory(
    Array.from({ length: size }, (_, tag) => [tag, 2, 60_000, 8] as const),
    8,
  );

export const tiffKinds: readonly HostileKind[] = [
  { name: 'TIFF directories that overlap', sizes: [100, 9_990], file: overlapping },
  { name: 'TIFF directories that are scattered', sizes: [8, 60, 99], file: scattered },
  {
    name: 'TIFF directories without number',
    sizes: [100, 9_990, 60_000],
    file: (size) => {
      const bytes = directory(picture, 0).length;
      const directories = Array.from({ length: size }, (_, index) =>
        directory(picture, 8 + (index + 1) * bytes),
      );
      return Buffer.concat([header(8), ...directories]);
    },
  },
  {
    name: 'TIFF that points to itself',
    sizes: [8],
    file: (at) => Buffer.concat([header(at), directory(picture, at)]),
  },
  {
    name: 'TIFF of entries without number',
    sizes: [512, 4096, 65_535],
    file: (size) => Buffer.concat([header(8), manyEntries(size), Buffer.alloc(70_000, 65)]),
  },
  {
    name: 'TIFF of a hundred megabytes',
    sizes: [10, 100],
    file: (megabytes) =>
      longSource(
        Buffer.concat([header(8), directory(picture, 0)]),
        Buffer.alloc(4096, 7),
        megabytes * 1024 * 1024,
      ),
  },
  {
    name: 'TIFF of metadata that is its whole length',
    sizes: [4, 100],
    file: (megabytes) => {
      const length = megabytes * 1024 * 1024 - 5000;
      const tags: Entry[] = [270, 271, 272, 305, 315, 33432].map((tag) => [tag, 2, length, 200]);
      const blocks: Entry[] = [700, 33723, 34675].map((tag) => [tag, 7, length, 200]);
      const first = directory([...picture, ...tags, ...blocks], 0);
      return longSource(Buffer.concat([header(8), first]), Buffer.alloc(4096, 65), megabytes * 1024 * 1024);
    },
  },
  {
    name: 'EXIF whose directories are one another',
    sizes: [8, 9, 20],
    file: (at) => {
      const entries: Entry[] = [
        [34665, 4, 1, at],
        [34853, 4, 1, at],
        [330, 4, 1, at],
      ];
      return exifJpeg(Buffer.concat([header(8), directory(entries, 8)]));
    },
  },
  {
    name: 'EXIF of entries without number',
    sizes: [500, 4096],
    file: (size) => exifJpeg(Buffer.concat([header(8), manyEntries(size)])),
  },
  {
    name: 'EXIF of counts that overflow',
    sizes: [0xffffffff, 0x20000001, 0x10001],
    file: (count) => {
      const entries = [270, 271, 274, 282, 34665, 34853].flatMap((tag) =>
        [2, 5, 12].map((type): Entry => [tag, type, count, 8]),
      );
      return exifJpeg(Buffer.concat([header(8), directory(entries, 0)]));
    },
  },
];
