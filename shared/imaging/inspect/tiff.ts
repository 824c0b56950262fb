// The TIFF header: its first directory, and how many follow (TIFF 6.0; BigTIFF for files over 4 GB).

import { PermanentFailure } from '../../domain/errors.ts';
import { maxMetadataBytes } from './budget.ts';
import type { HeaderReader } from './header-reader.ts';
import type { Header, MetadataBlocks } from './inspection.ts';
import {
  countDirectories,
  readDirectory,
  type TiffDirectory,
  tiffStructure,
  type WantedTags,
} from './tiff-directory.ts';

/** Of what describes the picture: a table of color lookups or of sub-directories is the longest, and not used. */
const numberBytes = 1024;

const tags = {
  subfileType: 254,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  tileWidth: 322,
  tileLength: 323,
  subDirectories: 330,
  extraSamples: 338,
  sampleFormat: 339,
  xmp: 700,
  iptc: 33723,
  icc: 34675,
  dngVersion: 50706,
} as const;

const compressions: Readonly<Record<number, string>> = {
  1: 'uncompressed',
  2: 'ccitt',
  3: 'group 3',
  4: 'group 4',
  5: 'lzw',
  7: 'jpeg',
  8: 'deflate',
  32773: 'packbits',
  32946: 'deflate',
  34925: 'lzma',
  50000: 'zstd',
  50001: 'webp',
};

const colors: Readonly<Record<number, Header['color']>> = {
  0: 'gray',
  1: 'gray',
  2: 'rgb',
  3: 'rgb',
  5: 'cmyk',
  6: 'rgb',
};

const wanted: WantedTags = new Map<number, number>([
  ...Object.values(tags).map((tag) => [tag, numberBytes] as const),
  ...[tags.icc, tags.xmp, tags.iptc].map((tag) => [tag, maxMetadataBytes] as const),
]);

export async function inspectTiff(file: HeaderReader): Promise<Header> {
  const structure = await tiffStructure(file);
  const first = await readDirectory(structure, structure.firstDirectoryAt, wanted);
  const stored = { width: first.number(tags.width) ?? 0, height: first.number(tags.height) ?? 0 };
  if (isCameraRaw(first)) {
    throw new PermanentFailure('unsupported-format', 'a camera raw file is not accepted');
  }
  const photometric = first.number(tags.photometric) ?? 1;
  const compression = first.number(tags.compression) ?? 1;
  const color = colors[photometric];
  const codec = compressions[compression];
  const isInteger = [1, 4].includes(first.number(tags.sampleFormat) ?? 1);
  if (color === undefined || codec === undefined || !isInteger) {
    const what = `a TIFF of compression ${compression} and photometric interpretation ${photometric}`;
    throw new PermanentFailure('unsupported-format', `${what} is not accepted`);
  }
  const bitDepth = first.number(tags.bitsPerSample) ?? 1;
  const samples = first.number(tags.samplesPerPixel) ?? 1;
  return {
    ...blocksOf(first),
    exif: file,
    subformat: `${structure.isBig ? 'bigtiff, ' : ''}${codec}${first.number(tags.tileWidth) === undefined ? '' : ', tiled'}`,
    stored,
    color,
    bitDepth,
    hasAlpha: [1, 2].includes(first.number(tags.extraSamples) ?? 0),
    frames: await countDirectories(structure),
    decodeBytesPerPixel: workingBytesPerPixel(first, stored.height, (bitDepth / 8) * samples),
    notes: [],
  };
}

/** Raw files start with a reduced preview and keep the picture itself in sub-directories. */
function isCameraRaw(first: TiffDirectory): boolean {
  const isPreview = ((first.number(tags.subfileType) ?? 0) & 1) === 1;
  return (
    first.bytes(tags.dngVersion) !== undefined ||
    (isPreview && first.bytes(tags.subDirectories) !== undefined)
  );
}

/** A strip or a row of tiles is decoded at a time: little, except where one strip is the whole picture. */
function workingBytesPerPixel(first: TiffDirectory, height: number, bytesPerPixel: number): number {
  const rows = first.number(tags.tileLength) ?? first.number(tags.rowsPerStrip) ?? height;
  return 0.5 + (2 * bytesPerPixel * Math.min(rows, height)) / height;
}

function blocksOf(first: TiffDirectory): MetadataBlocks {
  const [icc, xmp, iptc] = [tags.icc, tags.xmp, tags.iptc].map((tag) => first.bytes(tag));
  return {
    ...(icc !== undefined && { icc }),
    ...(xmp !== undefined && { xmp }),
    ...(iptc !== undefined && { iptc }),
  };
}
