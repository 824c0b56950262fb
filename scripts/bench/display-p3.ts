// Gives a photo the color profile that phones write.

import sharp from 'sharp';

/** The photo with its pixels in Display P3, and its profile. */
export function displayP3(photo: Buffer): Promise<Buffer> {
  return sharp(photo).keepExif().withIccProfile('p3').jpeg({ quality: 90 }).toBuffer();
}
