// Decodes an original once, to the smallest picture from which every variant can be reduced: upright, 8-bit sRGB.

import sharp from 'sharp';
import { PermanentFailure } from '../errors.ts';
import { type Dimensions, oriented, scaled, type Target } from './geometry.ts';
import type { ImagingLimits } from './limits.ts';
import { turnUpright } from './orientation.ts';
import { type Pixels, toPixels } from './pixels.ts';

export interface Decoded {
  readonly pixels: Pixels;
  /** Pixels of the picture per pixel of the original, at most 1. */
  readonly scale: number;
  /** The original's dimensions as displayed. */
  readonly displayed: Dimensions;
}

/** @throws {PermanentFailure} when the bytes are no picture we accept */
export async function decode(
  original: Uint8Array,
  limits: ImagingLimits,
  targetsOf: (displayed: Dimensions) => readonly Target[],
): Promise<Decoded> {
  try {
    const input = sharp(original, { limitInputPixels: limits.maxPixels });
    const { width, height, orientation = 1 } = await input.metadata();
    const displayed = oriented({ width, height }, orientation);
    const scale = Math.max(...targetsOf(displayed).map((target) => target.scale));
    const base = oriented(scaled(displayed, scale), orientation);
    const pipeline = input.resize(base.width, base.height, { fit: 'fill' }).toColourspace('srgb');
    return { pixels: await toPixels(turnUpright(pipeline, orientation)), scale, displayed };
  } catch (error) {
    throw new PermanentFailure('corrupt-image', error instanceof Error ? error.message : String(error));
  }
}
