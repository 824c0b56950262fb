// An image as the API tells the page of it.
import type { Image, Rendition } from '../../../client/src/client.ts';

export const pageRendition = (
  variant: string,
  format: Rendition['format'],
  width: number,
  height: number,
): Rendition => ({
  ...{ variant, format, width, height, frames: 1, bytes: 1000, contentType: `image/${format}` },
  url: `https://s3/${variant}.${format}?a=1&b=2`,
});

export const pageImage = (image: Partial<Image> = {}): Image => ({
  imageId: 'image',
  status: 'ready',
  fileName: 'IMG_1.jpg',
  createdAt: '2026-03-14T09:26:53.000Z',
  updatedAt: '2026-03-14T09:26:55.000Z',
  original: { contentType: 'image/jpeg', bytes: 4_167_727, sha256: null },
  metadata: {
    ...{ format: 'jpeg', width: 3000, height: 2000, storedWidth: 3000, storedHeight: 2000 },
    ...{ orientation: 1, hasAlpha: false, frames: 1 },
  },
  placeholder: { thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI', dominantColor: '#8a7c66' },
  perceptualHash: null,
  renditions: [pageRendition('small', 'webp', 320, 213), pageRendition('large', 'webp', 1600, 1067)],
  failure: null,
  ...image,
});
