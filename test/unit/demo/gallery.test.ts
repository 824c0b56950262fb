// The page that the demo saves.

import { expect, test } from 'vitest';
import { galleryPage } from '../../../scripts/demo/gallery.ts';
import type { UploadedPhoto } from '../../../scripts/demo/upload-photo.ts';

const photo: UploadedPhoto = {
  name: `<img src=x onerror="alert('1')">.jpg`,
  bytes: 1_234_567,
  processingSeconds: 0.42,
  saved: [
    {
      ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp' },
      ...{ width: 160, height: 120, frames: 1, bytes: 2048, file: 'renditions/001-été à #1/thumb.webp' },
    },
  ],
  image: {
    ...{ imageId: 'one', status: 'ready', fileName: null, createdAt: null, updatedAt: '', original: null },
    ...{ metadata: null, perceptualHash: null, renditions: [], failure: null },
    placeholder: { thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI', dominantColor: '#8a7c66' },
  },
};

test('escapes what comes from outside', () => {
  const page = galleryPage([photo]);

  expect(page).not.toContain('<img src=x');
  expect(page).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;.jpg');
});

test('shows every rendition with its dimensions and bytes, and the placeholder', () => {
  const page = galleryPage([photo]);

  expect(page).toContain('src="renditions/001-%C3%A9t%C3%A9%20%C3%A0%20%231/thumb.webp"');
  expect(page).toContain('160×120 · 2.0 kB');
  expect(page).toContain('src="data:image/png;base64,');
});

test('tells what was wrong with a photo that is not ready', () => {
  const page = galleryPage([{ name: 'cut.jpg', bytes: 10, saved: [], error: 'the connection broke' }]);

  expect(page).toContain('0 of 1 ready');
  expect(page).toContain('the connection broke');
});
