// Metadata of an original, read piece by piece and without any decoder.

import ExifReader from 'exifreader';
import { PermanentFailure } from '../errors.ts';
import type { ImageMetadata } from '../metadata.ts';
import type { ByteSource } from './contract.ts';
import { oriented } from './geometry.ts';

/** @throws {PermanentFailure} when the bytes are no picture we accept */
export async function readMetadata(source: ByteSource): Promise<ImageMetadata> {
  const bytes = await source.read(0, source.byteLength);
  try {
    const { file, exif } = ExifReader.load(bytes.slice().buffer, { expanded: true });
    const stored = {
      width: Number(file?.['Image Width']?.value),
      height: Number(file?.['Image Height']?.value),
    };
    const orientation = Number(exif?.Orientation?.value ?? 1);
    return {
      format: String(file?.FileType?.value),
      ...oriented(stored, orientation),
      storedWidth: stored.width,
      storedHeight: stored.height,
      orientation,
      hasAlpha: false,
      frames: 1,
    };
  } catch (error) {
    throw new PermanentFailure('corrupt-image', 'the header cannot be read', { cause: error });
  }
}
