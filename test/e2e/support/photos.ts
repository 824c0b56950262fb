// Photos to upload, made when they are needed.

import sharp from 'sharp';
import { landscape } from '../../../scripts/demo/sample-pictures.ts';

/** A landscape with a camera's name, stored on its side: displayed it is upright, width and height swapped. */
export function phonePhoto(width: number, height: number): Promise<Buffer> {
  return scene(width, height, 1)
    .withExif({
      IFD0: { Make: 'Darkroom', Model: 'Pocket' },
      IFD2: { DateTimeOriginal: '2024:06:01 12:00:00', OffsetTimeOriginal: '+02:00' },
      IFD3: {
        ...{ GPSLatitudeRef: 'S', GPSLatitude: '33/1 51/1 36/1' },
        ...{ GPSLongitudeRef: 'E', GPSLongitude: '151/1 12/1 36/1' },
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** Different bytes for each seed. */
export function photo(width: number, height: number, seed = 1): Promise<Buffer> {
  return scene(width, height, seed).jpeg({ quality: 85 }).toBuffer();
}

/** A photo whose transfer broke off: its header is whole, its pixels are not. */
export async function truncatedPhoto(): Promise<Buffer> {
  const whole = await photo(1200, 900, 7);
  return whole.subarray(0, whole.byteLength / 2);
}

function scene(width: number, height: number, seed: number) {
  const svg = landscape({
    ...{ width, height, seed, disc: '#ffffff' },
    ...{ sky: ['#23305f', '#c7586a', '#ffc98a'], ridges: ['#b4647c', '#141832'] },
  });
  return sharp(Buffer.from(svg)).flatten();
}
