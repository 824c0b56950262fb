// Pictures made for tests: small, sound, and of known content.

import sharp, { type Sharp } from 'sharp';
import type { Variant } from '../../shared/domain/variants.ts';

/** One variant that keeps the whole picture. */
export function whole(side: number, ...formats: Variant['formats']): Variant[] {
  return [
    {
      name: 'whole',
      width: side,
      height: side,
      fit: 'inside',
      formats: formats.length === 0 ? ['png'] : formats,
    },
  ];
}

/** Red, green, blue and yellow quarters, clockwise from the top left: no two orientations look the same. */
export function quarters(width = 96, height = 64): Sharp {
  const colors = [
    [230, 30, 30],
    [30, 200, 30],
    [240, 220, 40],
    [30, 30, 230],
  ] as const;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const quarter = (y * 2 >= height ? 2 : 0) + (x * 2 >= width ? 1 : 0);
      pixels.set(colors[quarter] ?? [0, 0, 0], (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Smooth color with enough detail that no encoder gets it for nothing. */
export function landscape(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      pixels[at] = 128 + 100 * Math.sin(x / 17) * Math.cos(y / 29);
      pixels[at + 1] = (255 * x) / width;
      pixels[at + 2] = (255 * y) / height;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export interface RawPicture {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

export async function decoded(body: Uint8Array): Promise<RawPicture> {
  const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** The color at a place given in parts of width and height. */
export function colorAt({ data, width, height, channels }: RawPicture, x: number, y: number): number[] {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
  return [...data.subarray(at, at + channels)];
}
