// What an original may ask of us: each limit with what it protects. One object, so that a deployment can tighten it.

import { PermanentFailure } from '../../domain/errors.ts';
import type { InspectedFile } from './inspect.ts';

export interface ImagingLimits {
  /** Bytes of the original. Protects the memory that its two copies take, in the engine and in the child. */
  readonly maxBytes: number;
  /** Pixels of one frame, whatever the format. Protects CPU: a decode costs about 10 ms a megapixel. */
  readonly maxPixels: number;
  /**
   * Bytes of memory that decoding may need beside the original, by the format's known cost a pixel. Protects the
   * child's memory ceiling. 620 MB are 29 megapixels of AVIF (21 bytes each), 49 of HEIC (12.5), 77 of GIF
   * (8), and 100 of progressive JPEG (3 to 6).
   */
  readonly maxDecodeBytes: number;
  /** Frames or pages, drawn or not. Protects the walk through containers of tiny frames. */
  readonly maxFrames: number;
  /** Megapixels times scans of a progressive JPEG. Protects CPU: each costs about 0.4 ms. */
  readonly maxScanMegapixels: number;
  /** Pixels of all frames up to which an animation stays animated; more leaves its first frame. Protects memory (4 bytes each) and CPU. */
  readonly maxAnimationPixels: number;
  /** Frames up to which an animation stays animated. Protects CPU: every frame is encoded once a variant. */
  readonly maxAnimationFrames: number;
  /** Elements an SVG draws once its references are followed. Protects CPU. */
  readonly maxSvgElements: number;
  /** Filter primitives an SVG runs when it is drawn 1600 x 1600, and more when smaller. Protects CPU: each walks the whole picture. */
  readonly maxSvgFilterPrimitives: number;
  /** Masks, blends and filters of an SVG, as above. Protects CPU: each lays a picture of the whole size on it. */
  readonly maxSvgLayers: number;
  /** Characters an SVG draws, and a tenth of them in one text. Protects CPU: laying out takes time quadratic in a text's length. */
  readonly maxSvgCharacters: number;
  /** Pixels of all pictures that an SVG embeds by `data:` URLs. Protects memory: each is decoded whole. */
  readonly maxSvgEmbeddedPixels: number;
}

export const defaultLimits: ImagingLimits = {
  maxBytes: 100 * 1024 * 1024,
  maxPixels: 100_000_000,
  maxDecodeBytes: 620_000_000,
  maxFrames: 2_000,
  maxScanMegapixels: 6_000,
  maxAnimationPixels: 40_000_000,
  maxAnimationFrames: 300,
  maxSvgElements: 200_000,
  maxSvgFilterPrimitives: 100,
  maxSvgLayers: 300,
  maxSvgCharacters: 100_000,
  maxSvgEmbeddedPixels: 16_000_000,
};

/** @throws {PermanentFailure} when the header alone shows that the file asks for too much */
export function enforceLimits(file: InspectedFile, limits: ImagingLimits): void {
  const { width, height } = file.stored;
  const pixels = width * height;
  const what = `${width} x ${height} pixels of ${file.isProgressive ? 'progressive ' : ''}${file.format}`;
  if (pixels > limits.maxPixels) {
    throw new PermanentFailure('too-many-pixels', `${what}; at most ${limits.maxPixels} pixels are accepted`);
  }
  if (pixels * file.decodeBytesPerPixel > limits.maxDecodeBytes) {
    throw new PermanentFailure('too-many-pixels', `${what} need more memory than is allowed`);
  }
  if (file.frames > limits.maxFrames) {
    throw new PermanentFailure(
      'too-many-frames',
      `${file.frames} frames; at most ${limits.maxFrames} are accepted`,
    );
  }
}

/** True where all frames are drawn: of an animated GIF or WebP that is within its budget. Of all else the first alone is. */
export function isDrawnAnimated(file: InspectedFile, limits: ImagingLimits): boolean {
  const { width, height } = file.stored;
  const canMove = file.format === 'gif' || file.format === 'webp';
  return (
    canMove &&
    file.frames > 1 &&
    file.frames <= limits.maxAnimationFrames &&
    width * height * file.frames <= limits.maxAnimationPixels
  );
}
