// A picture for tests of what becomes of any: small, and in one color.

import sharp from 'sharp';

/** @returns a JPEG file */
export function smallPhoto(width = 64, height = 48): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#8a7c66' } })
    .jpeg()
    .toBuffer();
}
