// An EXIF block cut down to the tags that are read, so that parsing costs the same whatever else a block carries:
// camera raw previews, tables of a million strips, or entries made to be expensive.

import {
  directoryOf,
  firstDirectory,
  type TiffDirectory,
  type TiffValue,
} from '../inspect/tiff-directory.ts';

/** Blocks up to this length are parsed as they are: no JPEG segment is longer. */
const maxPlainBytes = 64 * 1024;
const maxValueBytes = 64 * 1024;

const exifPointer = 34665;
const gpsPointer = 34853;

const imageTags = [270, 271, 272, 274, 305, 306, 315, 33432];
const exifTags = [
  33434, 33437, 34850, 34855, 36867, 36868, 36880, 36881, 36882, 37380, 37385, 37386, 37520, 37521, 37522,
  41989, 42034, 42035, 42036,
];
const gpsTags = [0, 1, 2, 3, 4, 5, 6, 9, 31];

type Entry = readonly [tag: number, value: TiffValue];

/** The block itself when it is short and of the classic kind. @throws {RangeError} when it is broken */
export function compactExif(exif: Buffer): Buffer {
  const isBigTiff = exif.subarray(2, 4).includes(43);
  if (exif.length <= maxPlainBytes && !isBigTiff) return exif;
  const image = firstDirectory(exif);
  const [exifEntries, gpsEntries] = [
    entriesAt(exif, image.number(exifPointer), exifTags),
    entriesAt(exif, image.number(gpsPointer), gpsTags),
  ];
  const isLittle = exif.toString('latin1', 0, 2) === 'II';
  const imageEntries = entriesOf(image, imageTags);
  const exifAt = 8 + directoryBytes(imageEntries.length + 2);
  const gpsAt = exifAt + directoryBytes(exifEntries.length);
  const pointers: Entry[] = [
    [exifPointer, longValue(exifAt, isLittle)],
    [gpsPointer, longValue(gpsAt, isLittle)],
  ];
  return write([[...imageEntries, ...pointers], exifEntries, gpsEntries], isLittle);
}

function entriesAt(exif: Buffer, offset: number | undefined, tags: readonly number[]): Entry[] {
  return offset === undefined ? [] : entriesOf(directoryOf(exif, offset), tags);
}

function entriesOf(directory: TiffDirectory, tags: readonly number[]): Entry[] {
  return tags.flatMap((tag): Entry[] => {
    const value = directory.value(tag);
    return value === undefined || value.bytes.length > maxValueBytes ? [] : [[tag, value]];
  });
}

function longValue(value: number, isLittle: boolean): TiffValue {
  const bytes = Buffer.alloc(4);
  if (isLittle) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return { type: 4, count: 1, bytes };
}

function directoryBytes(entries: number): number {
  return 2 + entries * 12 + 4;
}

/** Header, the directories one behind the other, then the values too long for their entry. */
function write(directories: readonly (readonly Entry[])[], isLittle: boolean): Buffer {
  const valuesAt = directories.reduce((at, entries) => at + directoryBytes(entries.length), 8);
  const head = Buffer.alloc(valuesAt);
  const put = (value: number, at: number, width: 2 | 4) =>
    isLittle ? head.writeUIntLE(value, at, width) : head.writeUIntBE(value, at, width);
  head.write(isLittle ? 'II' : 'MM', 'latin1');
  put(42, 2, 2);
  put(8, 4, 4);
  const values: Buffer[] = [];
  let valueAt = valuesAt;
  let at = 8;
  for (const entries of directories) {
    put(entries.length, at, 2);
    entries.forEach(([tag, { type, count, bytes }], index) => {
      const entryAt = at + 2 + index * 12;
      put(tag, entryAt, 2);
      put(type, entryAt + 2, 2);
      put(count, entryAt + 4, 4);
      if (bytes.length <= 4) {
        bytes.copy(head, entryAt + 8);
      } else {
        put(valueAt, entryAt + 8, 4);
        values.push(bytes);
        valueAt += bytes.length;
      }
    });
    at += directoryBytes(entries.length);
  }
  return Buffer.concat([head, ...values]);
}
