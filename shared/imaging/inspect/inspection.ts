// What the header alone tells of an original, and the raw metadata blocks it carries: the result of every header parser.

import type { Dimensions } from './geometry.ts';
import type { HeaderReader } from './header-reader.ts';
import type { TiffDirectory } from './tiff-directory.ts';

export type ColorModel = 'gray' | 'rgb' | 'cmyk' | 'lab';

/** Coding-independent code points (ITU-T H.273): how a file without an ICC profile states its colors. */
export interface CodePoints {
  readonly primaries: number;
  readonly transfer: number;
}

/** The directories of an EXIF block, cut down to the tags that are used. */
export interface Exif {
  readonly image: TiffDirectory;
  readonly photo: TiffDirectory;
  readonly gps: TiffDirectory;
}

/** Metadata blocks as they lie in the file, not yet parsed. */
export interface MetadataBlocks {
  /** A TIFF structure: from `II` or `MM`. */
  exif?: HeaderReader;
  /** RDF/XML. */
  xmp?: Buffer;
  /** IIM datasets. */
  iptc?: Buffer;
  icc?: Buffer;
}

/** What a format's own parser tells. */
export interface Header extends MetadataBlocks {
  /** As the container states it: baseline, progressive, lossless, palette, bigtiff… */
  readonly subformat?: string;
  /** Pixels as stored, before orientation. GIF and WebP: the canvas. */
  readonly stored: Dimensions;
  /** Pixels after the container's own transformations (clap, irot, imir), before EXIF orientation. */
  readonly transformed?: Dimensions;
  /** False where the container's own transformations already say how to display it (AVIF, HEIC). */
  readonly ignoresExifOrientation?: boolean;
  readonly color: ColorModel;
  /** Bits a sample. */
  readonly bitDepth?: number;
  readonly hasAlpha: boolean;
  readonly frames: number;
  readonly durationMs?: number;
  /** Pixels an inch. */
  readonly density?: number;
  readonly codePoints?: CodePoints;
  /** PNG gAMA: the file's gamma times 100,000. */
  readonly gamma?: number;
  /** Bytes of working memory a pixel that decoding takes, whatever it is reduced to. */
  readonly decodeBytesPerPixel: number;
  /** True where the whole picture is coded several times over, so that scans have to be counted. */
  readonly isProgressive?: boolean;
  /** What was malformed and left out, for people to read. */
  readonly notes: readonly string[];
}

/** A header with its EXIF read: what metadata and decoding go by. */
export interface Inspection extends Omit<Header, 'exif'> {
  readonly exif?: Exif;
}

/** A header parser: may read anywhere in the file, decodes no pixel. */
export type Inspect = (file: HeaderReader) => Promise<Header>;
