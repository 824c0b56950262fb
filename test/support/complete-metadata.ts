// Metadata with every field that there is.

import type { ImageMetadata } from '../../shared/domain/metadata.ts';

export const completeMetadata: Required<ImageMetadata> = {
  format: 'jpeg',
  subformat: 'baseline',
  width: 3024,
  height: 4032,
  storedWidth: 4032,
  storedHeight: 3024,
  orientation: 6,
  hasAlpha: false,
  frames: 1,
  durationMs: 0,
  bitDepth: 8,
  colorSpace: 'srgb',
  iccProfile: 'Display P3',
  densityPpi: 72,
  capturedAt: '2020-07-28T19:18:49.777+03:00',
  camera: { make: 'Apple', model: 'iPhone XS', lens: 'back', software: '13.3.1' },
  exposure: {
    timeSeconds: 0.01,
    fNumber: 1.8,
    iso: 25,
    focalLengthMm: 4.25,
    focalLength35mm: 26,
    flashFired: false,
  },
  location: { latitude: 55.73, longitude: 37.59, altitude: 130.6, accuracyMeters: 5 },
  description: {
    title: 'Title',
    description: 'カメラ 🗼',
    creators: ['José'],
    copyright: '© 2021',
    keywords: ['one', 'two'],
    rating: -1,
  },
  notes: ['EXIF cannot be read'],
};
