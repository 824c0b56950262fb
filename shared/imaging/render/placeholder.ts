// What a page shows before a rendition arrives: a ThumbHash and one dominant color, from a small decoded picture.

import { rgbaToThumbHash } from 'thumbhash';
import type { Placeholder } from '../../domain/metadata.ts';
import type { RgbaPicture } from './rgba-picture.ts';

/** ThumbHash takes at most 100 pixels a side; 32 lose nothing it keeps and cost a tenth. */
export const placeholderSide = 32;

/** @param picture at most 100 pixels a side */
export function placeholderOf(picture: RgbaPicture): Placeholder {
  const hash = rgbaToThumbHash(picture.width, picture.height, picture.data);
  return { thumbHash: Buffer.from(hash).toString('base64'), dominantColor: dominantColor(picture) };
}

/** `#rrggbb`: the mean of the fullest of 4,096 color cells, weighted by alpha; white where all is transparent. */
export function dominantColor({ data }: RgbaPicture): string {
  const weights = new Float64Array(cellCount);
  let fullest = 0;
  for (let at = 0; at < data.length; at += 4) {
    const cell = cellOf(data, at);
    const weight = (weights[cell] ?? 0) + (data[at + 3] ?? 0);
    weights[cell] = weight;
    if (weight > (weights[fullest] ?? 0)) fullest = cell;
  }
  const total = weights[fullest] ?? 0;
  if (total === 0) return '#ffffff';
  const sums = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (cellOf(data, at) !== fullest) continue;
    for (let channel = 0; channel < 3; channel += 1) {
      sums[channel] = (sums[channel] ?? 0) + (data[at + channel] ?? 0) * (data[at + 3] ?? 0);
    }
  }
  const hex = sums.map((sum) =>
    Math.round(sum / total)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

/** Four bits a channel. */
const cellCount = 4096;

function cellOf(data: Uint8Array, at: number): number {
  return (((data[at] ?? 0) >> 4) << 8) | (((data[at + 1] ?? 0) >> 4) << 4) | ((data[at + 2] ?? 0) >> 4);
}
