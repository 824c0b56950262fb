// THE reader table: one row a format that originals may have, by which first bytes it is told and who reads its header.

import type { SourceFormat } from '../../domain/formats.ts';
import { inspectGif } from './gif.ts';
import { inspectAvif, inspectHeic } from './heif.ts';
import { codecOf } from './heif-brands.ts';
import type { Inspect } from './inspection.ts';
import { inspectJpeg } from './jpeg.ts';
import { inspectPng } from './png.ts';
import { inspectSvg } from './svg/svg.ts';
import { opensWithSvg } from './svg/text.ts';
import { inspectTiff } from './tiff.ts';
import { inspectWebp } from './webp.ts';

interface Reader {
  /** Whether a file that begins so has this format. No two formats begin alike. */
  readonly isBeginning: (start: Buffer) => boolean;
  readonly inspect: Inspect;
}

export const readers = {
  jpeg: { isBeginning: startsWith('\xff\xd8\xff'), inspect: inspectJpeg },
  png: { isBeginning: startsWith('\x89PNG\r\n\x1a\n'), inspect: inspectPng },
  webp: {
    isBeginning: (start) => latin(start, 0, 4) === 'RIFF' && latin(start, 8, 12) === 'WEBP',
    inspect: inspectWebp,
  },
  gif: { isBeginning: startsWith('GIF87a', 'GIF89a'), inspect: inspectGif },
  avif: { isBeginning: (start) => codecOf(start) === 'avif', inspect: inspectAvif },
  heic: { isBeginning: (start) => codecOf(start) === 'heic', inspect: inspectHeic },
  tiff: { isBeginning: startsWith('II*\0', 'II+\0', 'MM\0*', 'MM\0+'), inspect: inspectTiff },
  svg: { isBeginning: opensWithSvg, inspect: inspectSvg },
} as const satisfies Readonly<Record<SourceFormat, Reader>>;

/** The format of a file that begins so; undefined when it is none that is accepted. */
export function formatBeginning(start: Buffer): SourceFormat | undefined {
  const formats = Object.keys(readers) as SourceFormat[];
  return formats.find((format) => readers[format].isBeginning(start));
}

function startsWith(...signatures: readonly string[]): Reader['isBeginning'] {
  return (start) => signatures.some((signature) => latin(start, 0, signature.length) === signature);
}

function latin(start: Buffer, from: number, end: number): string {
  return start.toString('latin1', from, end);
}
