// Decodes an original once, to the smallest picture from which every variant can be reduced: upright, 8-bit sRGB.

import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { Original } from '../contract.ts';
import { bufferSource } from '../inspect/byte-source.ts';
import { type Dimensions, oriented } from '../inspect/geometry.ts';
import type { InspectedFile } from '../inspect/inspect.ts';
import { enforceScanLimit } from '../inspect/jpeg-scans.ts';
import type { ImagingLimits } from '../inspect/limits.ts';
import { type ColorRoute, colorRoute, toSrgb } from './color/route.ts';
import { decodeFailure, isHarmlessWarning } from './decode-failure.ts';
import { decodeHeic } from './heic.ts';
import { turnUpright } from './orientation.ts';
import { fromPixels, type Pixels } from './pixels.ts';
import { wholePicture } from './svg/embedded-pictures.ts';
import { safeSvg } from './svg/safe-svg.ts';

export interface DecodeOrder {
  readonly original: Original;
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
    const route = colorRoute(order.file);
    return await reduce(open({ failOn: 'warning' }), order, route).catch((error) => {
      if (!isHarmlessWarning(error)) throw error;
      return reduce(open({ failOn: 'error' }), order, route);
    });
  } catch (error) {
    throw decodeFailure(error);
  }
}

async function opener(order: DecodeOrder): Promise<Open> {
  const { file, isAnimated, limits } = order;
  if (file.format === 'heic') {
    const pixels = await decodeHeic(await whole(order));
    return () => fromPixels(pixels);
  }
  const input = await inputOf(order);
  const limitInputPixels = isAnimated ? limits.maxAnimationPixels : limits.maxPixels;
  return (options) => sharp(input, { ...options, limitInputPixels, animated: isAnimated, ignoreIcc: true });
}

/** A JPEG by its name, if it has one: it need not be in memory then, and only names carry load options. */
async function inputOf(order: DecodeOrder): Promise<string | Uint8Array> {
  const { original, file } = order;
  if (file.format === 'svg') return drawing(order);
  if (file.format === 'jpeg' && original.path !== undefined) return original.path + loadOptions(order);
  return whole(order);
}

async function drawing(order: DecodeOrder): Promise<Uint8Array> {
  const { file, reduced, limits } = order;
  return safeSvg(
    await whole(order),
    { stored: file.stored, drawn: reduced },
    limits,
    async (bytes, picture) => {
      const original = bufferSource(bytes);
      await enforceScanLimit(original, picture, limits);
      return decode({ original, file: picture, limits, ...wholePicture(picture) });
    },
  );
}

/**
 * Lets libjpeg halve a JPEG that is to be reduced two to three times. sharp would have it decoded at full size, for fear
 * of libjpeg's rounding, at a third more CPU; what it asks for in other cases is as good.
 * https://www.libvips.org/API/current/ctor.Image.new_from_file.html
 */
function loadOptions({ file, orientation, reduced }: DecodeOrder): string {
  const { width, height } = oriented(reduced, orientation);
  const shrink = Math.min(file.stored.width / width, file.stored.height / height);
  return Math.floor(shrink) === 2 ? '[shrink=2]' : '';
}

function whole({ original }: DecodeOrder): Promise<Uint8Array> {
  return original.read(0, original.byteLength);
}

/**
 * Reduces encoded values, not linear light: shrink-on-load already averages them so, what browsers and every peer show
 * is made so, and linear light would cost a 16-bit copy of the whole picture and twice the time.
 */
function reduce(picture: Sharp, { orientation, reduced }: DecodeOrder, route: ColorRoute): Promise<Pixels> {
  const isLateCmyk = route.samples === 'cmyk' && route.icc !== undefined;
  const source = isLateCmyk ? picture.pipelineColorspace('cmyk') : picture;
  const { width, height } = oriented(reduced, orientation);
  return toSrgb(turnUpright(source.resize(width, height, { fit: 'fill' }), orientation), route);
}
