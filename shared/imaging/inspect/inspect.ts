// Tells what an original is and contains from its header, before any pixel is decoded. One row adds a format.

import { PermanentFailure } from '../../domain/errors.ts';
import type { SourceFormat } from '../../domain/formats.ts';
import { inspectGif } from './gif.ts';
import { inspectAvif, inspectHeic } from './heif.ts';
import type { HeaderReader, Inspect, Inspection } from './inspection.ts';
import { inspectJpeg } from './jpeg.ts';
import { inspectPng } from './png.ts';
import { sniff } from './sniff.ts';
import { inspectSvg } from './svg/svg.ts';
import { inspectTiff } from './tiff.ts';
import { inspectWebp } from './webp.ts';

const inspectors: Readonly<Record<SourceFormat, Inspect>> = {
  jpeg: inspectJpeg,
  png: inspectPng,
  webp: inspectWebp,
  gif: inspectGif,
  avif: inspectAvif,
  heic: inspectHeic,
  tiff: inspectTiff,
  svg: inspectSvg,
};

export interface InspectedFile extends Inspection {
  readonly format: SourceFormat;
}

/** @throws {PermanentFailure} `unsupported-format` or `corrupt-image` */
export async function inspect(file: HeaderReader): Promise<InspectedFile> {
  const format = await sniff(file);
  try {
    return { format, ...(await inspectors[format](file)) };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new PermanentFailure('corrupt-image', `the ${format} header is damaged: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
