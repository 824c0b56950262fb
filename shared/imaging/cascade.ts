// All variants from one decoded picture: each rendition is reduced from the smallest picture that still has its detail.

import type { Variant } from '../variants.ts';
import type { Target } from './geometry.ts';
import { fromPixels, type Pixels, toPixels } from './pixels.ts';

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
  const { width, height } = target;
  if (source.width === width && source.height === height) return source;
  const fit = variant.fit === 'inside' ? 'fill' : 'cover';
  return toPixels(fromPixels(source).resize(width, height, { fit, position: variant.crop ?? 'centre' }));
}
