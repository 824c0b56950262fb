// How each output format is encoded: one row a format, settings chosen by bytes, quality and CPU as measured.

import type { Sharp } from 'sharp';
import { type OutputFormat, outputFormats } from '../../domain/variants.ts';
import { firstFrame, fromPixels, hasAlpha, type Pixels } from './pixels.ts';

/** When each frame of an animation gives way to the next. */
export interface Timing {
  /** Milliseconds, one a frame. */
  readonly delay: number[];
  /** Times it is played; 0 for ever. */
  readonly loop: number;
}

interface Encoder {
  readonly isAnimated: boolean;
  readonly encode: (picture: Sharp, timing: Timing | undefined) => Sharp;
}

const encoders: Readonly<Record<OutputFormat, Encoder>> = {
  // Effort 2 against 4: 0.58 of the CPU for 1.12 of the bytes at equal quality.
  webp: {
    isAnimated: true,
    encode: (picture, timing) => picture.webp({ quality: 80, effort: 2, ...timing }),
  },
  // Optimized Huffman tables would save 1.7 % of the bytes for a seventh more CPU; mozjpeg's trellis costs far more.
  jpeg: { isAnimated: false, encode: (picture) => picture.jpeg({ quality: 80, optimizeCoding: false }) },
  // The bytes of WebP at effort 4 for 0.7 of its CPU; above effort 1 the CPU explodes.
  avif: { isAnimated: false, encode: (picture) => picture.avif({ quality: 65, effort: 0 }) },
  png: {
    isAnimated: false,
    encode: (picture) => picture.png({ compressionLevel: 6, adaptiveFiltering: true }),
  },
};

export interface Encoded {
  readonly body: Buffer;
  /** Frames that the format kept. */
  readonly frames: number;
}

/** @param background what opaque formats show behind transparent pixels, `#rrggbb` */
export async function encode(
  pixels: Pixels,
  format: OutputFormat,
  background: string,
  timing: Timing | undefined,
): Promise<Encoded> {
  const encoder = encoders[format];
  const kept = encoder.isAnimated ? pixels : firstFrame(pixels);
  const picture = fromPixels(kept);
  const isFlattened = hasAlpha(kept) && !outputFormats[format].hasAlpha;
  const opaque = isFlattened ? picture.flatten({ background }) : picture;
  const body = await encoder.encode(opaque, kept.frames > 1 ? timing : undefined).toBuffer();
  return { body, frames: kept.frames };
}
