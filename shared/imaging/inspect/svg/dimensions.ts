// How large an SVG says it is, in CSS pixels (https://www.w3.org/TR/SVG2/coords.html#SizingSVGInCSS).

import type { Dimensions } from '../geometry.ts';
import type { SvgElement } from './tree.ts';

/** What CSS gives a replaced element that states nothing. */
const fallback = { width: 300, height: 150 };

const maxValueLength = 256;

const pixelsPerUnit: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['px', 1],
  ['pt', 96 / 72],
  ['pc', 16],
  ['in', 96],
  ['cm', 96 / 2.54],
  ['mm', 96 / 25.4],
  ['em', 16],
  ['rem', 16],
  ['ex', 8],
]);

/** `width` and `height`, one following the other through the `viewBox`; the `viewBox` alone; or what CSS assumes. */
export function svgDimensions(root: SvgElement): Dimensions {
  const width = pixels(root.attributes['width']);
  const height = pixels(root.attributes['height']);
  const box = viewBox(root.attributes['viewBox']);
  if (width !== undefined && height !== undefined) return whole(width, height);
  if (box === undefined) return whole(width ?? fallback.width, height ?? fallback.height);
  if (width !== undefined) return whole(width, (width * box.height) / box.width);
  if (height !== undefined) return whole((height * box.width) / box.height, height);
  return whole(box.width, box.height);
}

function whole(width: number, height: number): Dimensions {
  return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
}

/** Undefined for percentages and nonsense: they leave it to the view box. */
function pixels(length: string | undefined): number | undefined {
  const [, number, unit = ''] =
    /^\+?(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)\s*([a-z]*)$/i.exec(short(length)) ?? [];
  const value = Number(number) * (pixelsPerUnit.get(unit.toLowerCase()) ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : undefined;
}

function viewBox(value: string | undefined): Dimensions | undefined {
  const [, , width = 0, height = 0] = short(value)
    .split(/[\s,]+/)
    .map(Number);
  return width > 0 && height > 0 && Number.isFinite(width / height) ? { width, height } : undefined;
}

/** Trimmed; empty for what is longer than any number or four of them are written. */
function short(value = ''): string {
  return value.length > maxValueLength ? '' : value.trim();
}
