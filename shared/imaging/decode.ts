// Decodes an original once, to the smallest picture from which every variant can be reduced: upright, 8-bit sRGB.

import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { type ColourRoute, colourRoute, toSrgb } from './colour/route.ts';
import { decodeFailure, isHarmlessWarning } from './decode-failure.ts';
import { type Dimensions, oriented } from './geometry.ts';
import { decodeHeic } from './heic.ts';
import type { InspectedFile } from './inspect/inspect.ts';
import type { ImagingLimits } from './limits.ts';
import { turnUpright } from './orientation.ts';
import { fromPixels, type Pixels } from './pixels.ts';
import { safeSvg } from './svg/rasterise.ts';

export interface DecodeOrder {
  readonly original: Uint8Array;
  readonly file: InspectedFile;
  /** EXIF orientation to undo, 1 to 8. */
  readonly orientation: number;
  /** What to reduce the whole picture to, as displayed. */
  readonly reduced: Dimensions;
  /** True to decode every frame, false for the first alone. */
  readonly isAnimated: boolean;
  readonly limits: ImagingLimits;
}

/** How sharp opens an original: strictly, or past what cameras leave between the scan's bytes. */
type Open = (options: SharpOptions) => Sharp;

/** @throws {PermanentFailure} when the bytes cannot be decoded */
export async function decode(order: DecodeOrder): Promise<Pixels> {
  try {
    const open = await opener(order);
    const route = colourRoute(order.file);
    return await reduce(open({ failOn: 'warning' }), order, route).catch((error) => {
      if (!isHarmlessWarning(error)) throw error;
      return reduce(open({ failOn: 'error' }), order, route);
    });
  } catch (error) {
    throw decodeFailure(error);
  }
}

async function opener({ original, file, isAnimated, limits }: DecodeOrder): Promise<Open> {
  if (file.format === 'heic') {
    const pixels = await decodeHeic(original);
    return () => fromPixels(pixels);
  }
  const bytes = file.format === 'svg' ? await safeSvg(original, file.stored, limits) : original;
  const limitInputPixels = isAnimated ? limits.maxAnimationPixels : limits.maxPixels;
  return (options) => sharp(bytes, { ...options, limitInputPixels, animated: isAnimated, ignoreIcc: true });
}

/**
 * Reduces encoded values, not linear light: shrink-on-load already averages them so, what browsers and every peer show
 * is made so, and linear light would cost a 16-bit copy of the whole picture and twice the time.
 */
function reduce(picture: Sharp, { orientation, reduced }: DecodeOrder, route: ColourRoute): Promise<Pixels> {
  const isLateCmyk = route.samples === 'cmyk' && route.icc !== undefined;
  const source = isLateCmyk ? picture.pipelineColourspace('cmyk') : picture;
  const { width, height } = oriented(reduced, orientation);
  return toSrgb(turnUpright(source.resize(width, height, { fit: 'fill' }), orientation), route);
}
