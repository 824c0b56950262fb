// What a page shows before a rendition arrives: a ThumbHash and one dominant colour, from a small decoded picture.

import { rgbaToThumbHash } from 'thumbhash';
import type { Placeholder } from '../metadata.ts';
import type { RgbaPicture } from './rgba.ts';

/** ThumbHash takes at most 100 pixels a side; 32 lose nothing it keeps and cost a tenth. */
export const placeholderSide = 32;

/** @param picture at most 100 pixels a side */
export function placeholderOf(picture: RgbaPicture): Placeholder {
  const hash = rgbaToThumbHash(picture.width, picture.height, picture.data);
  return { thumbHash: Buffer.from(hash).toString('base64'), dominantColour: dominantColour(picture) };
}

/** `#rrggbb`: the mean of the fullest of 4,096 colour cells, weighted by alpha; white where all is transparent. */
export function dominantColour({ data }: RgbaPicture): string {
  const cells = new Map<number, [weight: number, red: number, green: number, blue: number]>();
  let fullest: readonly number[] = [1, 255, 255, 255];
  let fullestWeight = 0;
  for (let at = 0; at + 3 < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
    if (alpha === 0) continue;
    const key = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const cell = cells.get(key) ?? [0, 0, 0, 0];
    cell[0] += alpha;
    cell[1] += red * alpha;
    cell[2] += green * alpha;
    cell[3] += blue * alpha;
    cells.set(key, cell);
    if (cell[0] > fullestWeight) {
      fullestWeight = cell[0];
      fullest = cell;
    }
  }
  const [weight = 1, ...sums] = fullest;
  const hex = sums.map((sum) =>
    Math.round(sum / weight)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}
