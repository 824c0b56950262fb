// Sample photos for whoever has none at hand: made here, the same bytes every time.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Exif, type Sharp } from 'sharp';
import { randomNumbers } from '../random/seeded.ts';
import { landscape, petals } from './sample-pictures.ts';

const duskScene = {
  seed: 11,
  sky: ['#23305f', '#c7586a', '#ffc98a'],
  disc: '#fff3d6',
  ridges: ['#b4647c', '#141832'],
} as const;
const nightScene = {
  seed: 4,
  sky: ['#050914', '#10254a', '#2e5d8c'],
  disc: '#eef4ff',
  ridges: ['#2c5479', '#04070f'],
} as const;
const dawnScene = {
  seed: 27,
  sky: ['#8fc6d8', '#cfe3dc', '#f7e7c8'],
  disc: '#fffdf4',
  ridges: ['#a9c4b8', '#1f3b36'],
} as const;

/** One file of the samples, by name. */
const samples: Readonly<Record<string, () => Promise<Buffer>>> = {
  'dusk.jpg': () => dusk({ width: 4000, height: 3000 }),
  'night-upright.jpg': nightUpright,
  'petals.png': () =>
    sharp(Buffer.from(petals(1200, [340, 280, 200])))
      .png()
      .toBuffer(),
  'dawn.webp': () =>
    grained(landscape({ width: 1920, height: 1280, ...dawnScene }), 5)
      .webp({ quality: 88 })
      .toBuffer(),
};

/** Writes every sample into a folder. */
export async function writeSamples(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, make] of Object.entries(samples)) await writeFile(join(folder, name), await make());
}

/** Writes the 12-megapixel sample. */
export async function writeSample(path: string): Promise<void> {
  await writeFile(path, await dusk({ width: 4000, height: 3000 }));
}

/** A photo as a camera makes it: grain, a camera's name, a time and a place. */
export function dusk(dimensions: { width: number; height: number }): Promise<Buffer> {
  const exif = {
    IFD0: { Make: 'Darkroom', Model: 'Sample 12' },
    IFD2: { DateTimeOriginal: '2024:09:21 19:42:10', OffsetTimeOriginal: '+02:00' },
    IFD3: {
      ...{ GPSLatitudeRef: 'N', GPSLatitude: '47/1 25/1 16/1' },
      ...{ GPSLongitudeRef: 'E', GPSLongitude: '10/1 59/1 6/1', GPSAltitudeRef: '0', GPSAltitude: '2962/1' },
    },
  };
  return grained(landscape({ ...dimensions, ...duskScene }), 3)
    .withExif(exif)
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Stored lying on its side, as phones do, with the orientation that sets it upright. */
async function nightUpright(): Promise<Buffer> {
  const upright = await grained(landscape({ width: 1512, height: 2016, ...nightScene }), 9)
    .png()
    .toBuffer();
  const exif: Exif = { IFD0: { Make: 'Darkroom', Model: 'Pocket' } };
  return sharp(upright)
    .rotate(-90)
    .withExif(exif)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** A picture with film grain, without which it would compress like no photo does. */
function grained(svg: string, seed: number): Sharp {
  const side = 256;
  const random = randomNumbers(seed);
  const grain = Buffer.from(Array.from({ length: side * side }, () => 128 + (random() + random() - 1) * 44));
  const input = { input: grain, raw: { width: side, height: side, channels: 1 as const } };
  return sharp(Buffer.from(svg))
    .flatten()
    .composite([{ ...input, tile: true, blend: 'soft-light' }]);
}
