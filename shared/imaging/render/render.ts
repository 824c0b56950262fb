// Develops one original within the child: inspect, decode once, reduce to every variant, encode, describe.

import sharp from 'sharp';
import { outputFormats } from '../../domain/formats.ts';
import type { Variant } from '../../domain/variants.ts';
import type { EncodedRendition, Original, RenderedImage } from '../contract.ts';
import { displayOf } from '../inspect/display.ts';
import { type Dimensions, scaled, targetOf } from '../inspect/geometry.ts';
import { RangedHeaderReader } from '../inspect/header-reader.ts';
import { inspect } from '../inspect/inspect.ts';
import { enforceScanLimit } from '../inspect/jpeg-scans.ts';
import { enforceLimits, type ImagingLimits, isDrawnAnimated } from '../inspect/limits.ts';
import { cascade, type RenderedVariant } from './cascade.ts';
import { decode } from './decode.ts';
import { type Encoded, encode, type Timing } from './encode.ts';
import { perceptualHash } from './perceptual-hash.ts';
import { firstFrame, fromPixels, type Pixels, release, toPixels } from './pixels.ts';
import { placeholderOf, placeholderSide } from './placeholder.ts';

/** What this process makes of an original; what it can tell of the file itself, the caller knows better. */
export interface Rendering extends Omit<RenderedImage, 'sha256'> {
  /** Of the original, as displayed. */
  readonly displayed: Dimensions;
}

/** @throws {PermanentFailure} when the file is at fault */
export async function render(
  original: Original,
  variants: readonly Variant[],
  limits: ImagingLimits,
): Promise<Rendering> {
  const file = await inspect(new RangedHeaderReader(original));
  enforceLimits(file, limits);
  await enforceScanLimit(original, file, limits);
  const { displayed, orientation } = displayOf(file);
  const plan = variants.map((variant) => ({ variant, target: targetOf(displayed, variant) }));
  const isAnimated = isDrawnAnimated(file, limits);
  // Frames are decoded as one tall picture, which must not be reduced as one.
  const scale = isAnimated ? 1 : Math.max(...plan.map(({ target }) => target.scale));
  const reduced = scaled(displayed, scale);
  const base = await decode({ original, file, orientation, reduced, isAnimated, limits });
  const rendered = await cascade(base, scale, plan);
  const renditions = await encodeAll(rendered, isAnimated ? await timingOf(original) : undefined);
  const description = await describe(rendered);
  release([base, ...rendered.map(({ pixels }) => pixels)]);
  return { displayed, renditions, ...description };
}

/** What sharp writes at most (https://sharp.pixelplumbing.com/api-output#webp); GIF and WebP can say more. */
const longestDelayMs = 65_535;
const mostRepetitions = 65_535;

async function timingOf(original: Original): Promise<Timing> {
  const bytes = await original.read(0, original.byteLength);
  const { delay = [], loop = 0 } = await sharp(bytes, { animated: true }).metadata();
  return {
    delay: delay.map((milliseconds) => Math.min(milliseconds, longestDelayMs)),
    loop: loop > mostRepetitions ? 0 : loop,
  };
}

/** Pictures that came out the same, as of an original smaller than its variants, are encoded once. */
async function encodeAll(
  rendered: readonly RenderedVariant[],
  timing: Timing | undefined,
): Promise<EncodedRendition[]> {
  const known = new Map<Pixels, Map<string, Encoded>>();
  const renditions: EncodedRendition[] = [];
  for (const { variant, pixels } of rendered) {
    const encodings = known.get(pixels) ?? new Map<string, Encoded>();
    known.set(pixels, encodings);
    for (const format of variant.formats) {
      const encoded = encodings.get(format) ?? (await encode(pixels, format, timing));
      encodings.set(format, encoded);
      const { width, height } = pixels;
      const { contentType } = outputFormats[format];
      renditions.push({ variant: variant.name, format, contentType, width, height, ...encoded });
    }
  }
  return renditions;
}

/** Placeholder and perceptual hash, from the smallest rendition that shows the whole picture. */
async function describe(rendered: readonly RenderedVariant[]) {
  const whole = rendered.findLast(({ variant }) => variant.fit === 'inside') ?? rendered[0];
  if (whole === undefined) throw new TypeError('an original without variants');
  const picture = await toPixels(
    fromPixels(firstFrame(whole.pixels))
      .resize(placeholderSide, placeholderSide, { fit: 'inside', withoutEnlargement: true })
      .toColorspace('srgb')
      .ensureAlpha(),
  );
  return { placeholder: placeholderOf(picture), perceptualHash: perceptualHash(picture) };
}
