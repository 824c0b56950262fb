// Tells what an original is and contains from its header, before any pixel is decoded.

import { PermanentFailure } from '../../domain/errors.ts';
import type { SourceFormat } from '../../domain/formats.ts';
import { readExif } from './exif.ts';
import type { Dimensions } from './geometry.ts';
import type { HeaderReader } from './header-reader.ts';
import type { Exif, Inspection } from './inspection.ts';
import { readers } from './readers.ts';
import { sniff } from './sniff.ts';

export interface InspectedFile extends Inspection {
  readonly format: SourceFormat;
}

/** PNG's own, and more than any decoder draws. */
const maxSidePixels = 2 ** 31 - 1;

/** @throws {PermanentFailure} `unsupported-format`, `corrupt-image`, or a limit that the header alone exceeds */
export async function inspect(file: HeaderReader): Promise<InspectedFile> {
  const format = await sniff(file);
  try {
    const { exif: block, notes: stated, ...header } = await readers[format].inspect(file);
    checkDimensions(format, header.stored);
    const notes = [...stated];
    const exif = block === undefined ? undefined : await exifOf(block, notes);
    return { format, ...header, ...(exif !== undefined && { exif }), notes };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new PermanentFailure('corrupt-image', `the ${format} header is damaged: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}

async function exifOf(block: HeaderReader, notes: string[]): Promise<Exif | undefined> {
  try {
    return await readExif(block, notes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    notes.push('EXIF cannot be read');
    return undefined;
  }
}

function checkDimensions(format: SourceFormat, { width, height }: Dimensions): void {
  if (!(width >= 1 && height >= 1)) {
    throw new PermanentFailure('corrupt-image', `a ${format} file without dimensions`);
  }
  if (width > maxSidePixels || height > maxSidePixels) {
    throw new PermanentFailure('too-many-pixels', `${format} of ${width} x ${height} pixels`);
  }
}
