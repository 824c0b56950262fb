// How large a rendition becomes: pure arithmetic on the original's displayed dimensions, so that no cascade rounds twice.

import type { Variant } from '../../domain/variants.ts';

export interface Dimensions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What one variant makes of one original. */
export interface Target extends Dimensions {
  /** How many of these pixels span one pixel of the original, at most 1. */
  readonly scale: number;
}

/**
 * The exact dimensions of a variant of an original, never larger than the original.
 * A `cover` box that the original cannot fill shrinks as a whole: a square stays a square.
 */
export function targetOf(original: Dimensions, variant: Variant): Target {
  const byWidth = variant.width / original.width;
  const byHeight = variant.height / original.height;
  if (variant.fit === 'inside') {
    const scale = Math.min(1, byWidth, byHeight);
    return { ...scaled(original, scale), scale };
  }
  const cover = Math.max(byWidth, byHeight);
  const box = scaled(variant, cover > 1 ? 1 / cover : 1);
  return {
    width: Math.min(box.width, original.width),
    height: Math.min(box.height, original.height),
    scale: Math.min(1, cover),
  };
}

/** Both sides multiplied and rounded, at least one pixel each: a 65500 x 1 picture has a thumbnail too. */
export function scaled(dimensions: Dimensions, scale: number): Dimensions {
  return {
    width: Math.max(1, Math.round(dimensions.width * scale)),
    height: Math.max(1, Math.round(dimensions.height * scale)),
  };
}

/** True where the orientation lays the picture on its side. */
export function isTransposed(orientation: number): boolean {
  return orientation >= 5;
}

/** Width and height exchanged where the orientation asks for it; its own inverse. */
export function oriented(stored: Dimensions, orientation: number): Dimensions {
  return isTransposed(orientation) ? { width: stored.height, height: stored.width } : stored;
}
