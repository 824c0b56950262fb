// All variants from one decoded picture: each rendition is reduced from the smallest picture that still has its detail.

import type { Variant } from '../../domain/variants.ts';
import type { Target } from '../inspect/geometry.ts';
import { framesOf, fromPixels, joinFrames, type Pixels, toPixels } from './pixels.ts';

export interface PlannedVariant {
  readonly variant: Variant;
  readonly target: Target;
}

export interface RenderedVariant extends PlannedVariant {
  readonly pixels: Pixels;
}

/** A picture is a good source down to this multiple of a target's scale; any closer and its own resampling shows. */
const leastReduction = 1.5;

/**
 * Reduces the decoded picture to every target, largest first.
 * @param base the whole picture, upright, at `baseScale` of the original
 */
export async function cascade(
  base: Pixels,
  baseScale: number,
  plan: readonly PlannedVariant[],
): Promise<RenderedVariant[]> {
  const sources = [{ pixels: base, scale: baseScale }];
  const rendered: RenderedVariant[] = [];
  for (const planned of [...plan].sort((a, b) => b.target.scale - a.target.scale)) {
    const { variant, target } = planned;
    const source = sources.findLast(({ scale }) => scale >= target.scale * leastReduction) ??
      sources.find(({ scale }) => scale >= target.scale) ?? { pixels: base, scale: baseScale };
    const pixels = await reduce(source.pixels, variant, target);
    rendered.push({ ...planned, pixels });
    if (variant.fit === 'inside') sources.push({ pixels, scale: target.scale });
  }
  return rendered;
}

async function reduce(source: Pixels, variant: Variant, target: Target): Promise<Pixels> {
  if (source.width === target.width && source.height === target.height) return source;
  if (source.frames === 1) return reduceStill(source, variant, target, variant.crop ?? 'center');
  // Frame by frame: reduced as the one tall picture they lie in, neighbors would bleed into each other's edges.
  const reduced: Pixels[] = [];
  for (const frame of framesOf(source)) {
    // What draws the eye would move from frame to frame.
    reduced.push(await reduceStill(frame, variant, target, 'center'));
  }
  const [first, ...others] = reduced;
  return first === undefined ? source : joinFrames(first, others);
}

function reduceStill(source: Pixels, variant: Variant, target: Target, position: string): Promise<Pixels> {
  const fit = variant.fit === 'inside' ? 'fill' : 'cover';
  return toPixels(fromPixels(source).resize(target.width, target.height, { fit, position }));
}
