// What a page shows before a rendition arrives: a ThumbHash and one dominant color, from a small decoded picture.

import { rgbaToThumbHash } from 'thumbhash';
import type { Placeholder } from '../../domain/metadata.ts';
import type { RgbaPicture } from './rgba-picture.ts';

/** ThumbHash takes at most 100 pixels a side; 32 lose nothing it keeps and cost a tenth. */
export const placeholderSide = 32;

/** ThumbHash takes up to five waves a side of any picture: on fewer pixels they would be seen where there are none. */
const leastSide = 5;

/** @param picture at most 100 pixels a side */
export function placeholderOf(picture: RgbaPicture): Placeholder {
  const { width, height, data } = enlarged(picture);
  const hash = rgbaToThumbHash(width, height, data);
  return { thumbHash: Buffer.from(hash).toString('base64'), dominantColor: dominantColor(picture) };
}

/** A picture that is very small or very long, by repeating its pixels; any other as it is. */
function enlarged(picture: RgbaPicture): RgbaPicture {
  const scale = Math.max(1, placeholderSide / Math.max(picture.width, picture.height));
  const width = Math.max(leastSide, Math.round(picture.width * scale));
  const height = Math.max(leastSide, Math.round(picture.height * scale));
  if (width === picture.width && height === picture.height) return picture;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * picture.height) / height) * picture.width;
    for (let x = 0; x < width; x += 1) {
      const from = (row + Math.floor((x * picture.width) / width)) * 4;
      data.set(picture.data.subarray(from, from + 4), (y * width + x) * 4);
    }
  }
  return { data, width, height };
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
