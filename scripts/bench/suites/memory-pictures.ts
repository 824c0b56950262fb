// Pictures of exact megapixels for the memory benchmark, as cameras and screens make them.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { dusk } from '../../demo/samples.ts';

/** Width and height of each, in pixels: 3 to 2, and 12,000 x 8,333 is the largest below 100 megapixels. */
const megapixels: Readonly<Record<number, readonly [number, number]>> = {
  12: [4240, 2830],
  24: [6000, 4000],
  50: [8660, 5773],
  100: [12_000, 8333],
};

export const kinds: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'baseline JPEG': (picture) => picture.jpeg({ quality: 90 }),
  'progressive JPEG': (picture) => picture.jpeg({ quality: 90, progressive: true }),
  PNG: (picture) => picture.png({ compressionLevel: 1 }),
};

export function pathOf(folder: string, kind: string, count: number): string {
  return join(folder, `${kind.replace(' ', '-')}-${count}`);
}

/** Writes every picture of the given megapixels into a folder. */
export async function writePictures(folder: string, counts: readonly number[]): Promise<void> {
  const scene = await dusk({ width: 4240, height: 2830 });
  for (const count of counts) {
    const [width, height] = megapixels[count] ?? [0, 0];
    for (const [kind, encode] of Object.entries(kinds)) {
      const picture = sharp(scene).resize(width, height, { fit: 'fill', kernel: 'nearest' });
      await writeFile(pathOf(folder, kind, count), await encode(picture).toBuffer());
    }
  }
}
