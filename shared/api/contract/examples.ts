// An example of every answer, as the OpenAPI document shows them.

import type { ImageEvent } from '../../domain/events/image-event.ts';
import type { ImageView, RenditionView } from '../../domain/image-view.ts';
import { type InvalidField, Problem, type ProblemCode, problemDetails } from '../problem.ts';

const imageId = '0199a3c4-7b1e-7c2d-8f3a-5d2e9b7c1a40';
const digest = '3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea';
const originalsUrl = 'https://darkroom-prod-originals.s3.eu-central-1.amazonaws.com';
const renditionsUrl = 'https://darkroom-prod-renditions.s3.eu-central-1.amazonaws.com';
const createdAt = '2026-03-14T09:26:53.000Z';
const expiresAt = '2026-03-14T09:41:53.000Z';
const updatedAt = '2026-03-14T09:26:55.000Z';

const request = { contentType: 'image/jpeg', contentLength: 4_167_727, fileName: 'IMG_1.jpg' };

const checksumSha256 = Buffer.from(digest, 'hex').toString('base64');

export const uploadRequests = {
  file: request,
  'with a checksum': { ...request, checksumSha256 },
  'by a form': { ...request, method: 'POST', checksumSha256 },
};

const offer = { imageId, status: 'awaiting-upload' };
export const uploadOffers = {
  'as one request': {
    ...offer,
    upload: {
      method: 'PUT',
      url: `${originalsUrl}/originals/${imageId}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900`,
      headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
      expiresAt,
    },
  },
  'as a form': {
    ...offer,
    upload: {
      method: 'POST',
      url: `${originalsUrl}/`,
      fields: {
        'Content-Type': 'image/jpeg',
        'X-Amz-Checksum-Algorithm': 'SHA256',
        'X-Amz-Checksum-SHA256': checksumSha256,
        bucket: 'darkroom-prod-originals',
        'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
        'X-Amz-Credential': 'ASIAEXAMPLE/20260314/eu-central-1/s3/aws4_request',
        'X-Amz-Date': '20260314T092653Z',
        'X-Amz-Security-Token': 'IQoJb3JpZ2luX2Vj…',
        key: `originals/${imageId}`,
        Policy: 'eyJleHBpcmF0aW9uIjoi…',
        'X-Amz-Signature': '5f2a9c01d3e84b7796c0a1b2d3e4f506…',
      },
      expiresAt,
    },
  },
};

const awaiting: ImageView = {
  imageId,
  status: 'awaiting-upload',
  fileName: 'IMG_1.jpg',
  createdAt,
  updatedAt: createdAt,
  original: null,
  metadata: null,
  placeholder: null,
  perceptualHash: null,
  renditions: [],
  failure: null,
};

const rendition = (variant: string, width: number, height: number, bytes: number): RenditionView => ({
  ...{ variant, format: 'webp', contentType: 'image/webp', width, height, frames: 1, bytes },
  url: `${renditionsUrl}/renditions/${imageId}/${variant}-5f2a9c01d3.webp?X-Amz-Expires=3600`,
});

const metadata = {
  format: 'jpeg',
  ...{ subformat: 'baseline', width: 3024, height: 4032, storedWidth: 4032 },
  ...{ storedHeight: 3024, orientation: 6, hasAlpha: false, frames: 1, bitDepth: 8, colorSpace: 'srgb' },
  iccProfile: 'Display P3',
  capturedAt: '2020-07-28T19:18:49+03:00',
  camera: { make: 'Apple', model: 'iPhone XS' },
  location: { latitude: 55.73, longitude: 37.59, altitude: 130.6 },
} as const;

const original = { contentType: 'image/jpeg', bytes: request.contentLength, sha256: digest };
const ready: ImageView = {
  ...awaiting,
  status: 'ready',
  updatedAt,
  original: { ...original, url: `${originalsUrl}/originals/${imageId}?X-Amz-Expires=3600` },
  metadata,
  placeholder: { thumbHash: '1QcSHQRnh493V4dIh4eXh1h4kJUI', dominantColor: '#8a7c66' },
  perceptualHash: '00ff3c7e81c3e7ff',
  renditions: [rendition('thumb', 160, 160, 5214), rendition('medium', 600, 800, 61_234)],
};

const rejected: ImageView = {
  ...awaiting,
  status: 'rejected',
  updatedAt,
  original: { contentType: null, bytes: request.contentLength, sha256: null },
  failure: {
    ...{ code: 'too-expensive', task: 'renditions', retryable: false },
    message: 'The file takes more time or memory than one image may take: 883 scans of 64 megapixels.',
  },
};

export const images = { ready, 'awaiting its upload': awaiting, rejected };
export const reprocessedImages = { image: { ...ready, status: 'processing', renditions: [] } };
export const imagePages = {
  'a page': { images: [ready, rejected], nextCursor: 'WyIyMDI2LTAzLTE0VDA5OjI2OjUzLjAwMFoiXQ.Jx1p9k' },
  'the last page': { images: [], nextCursor: null },
};

export const usages = {
  usage: {
    openUploads: { used: 2, limit: 200 },
    images: { used: 1204, limit: 100_000 },
    bytes: { used: 5_017_943_308, limit: 107_374_182_400 },
    rejectedPerHour: { used: 0, limit: 100 },
  },
};

const { location: _, ...told } = metadata;
export const imageEvent: ImageEvent = {
  eventId: '8c1f3f0e6a5b4d2c9e7a1b0d3c5f7e92',
  type: 'image.ready',
  imageId,
  ownerId: 'own-5f2a9c01d3e84b7796c0a1b2d3e4f506',
  occurredAt: updatedAt,
  image: {
    ...ready,
    original,
    metadata: told,
    renditions: ready.renditions.map(({ url: _url, ...rest }) => rest),
  },
};

const details: Readonly<Record<ProblemCode, string>> = {
  'invalid-request': '/contentLength: 0 bytes: an empty file is not an image',
  unauthorized: 'Send a valid access token: Authorization: Bearer …',
  'image-not-found': `You have no image ${imageId}.`,
  'rendition-not-found': `Image ${imageId} has no rendition medium, or not yet.`,
  'route-not-found': 'There is nothing at /image.',
  'method-not-allowed': '/uploads has POST, not GET.',
  'body-too-large': 'Send at most 10240 bytes (10 KiB).',
  'too-large': '/contentLength: 104857601 bytes (100 MiB): must be at most 104857600 bytes (100 MiB)',
  'unsupported-format': '/contentType: must be one of image/jpeg, image/png, image/webp, image/gif',
  'unsupported-media-type': 'Send the body as application/json.',
  'quota-exceeded': 'You have 200 open uploads, and may have 200.',
  internal: 'The failure is logged. If it persists, tell whoever runs this service.',
  'dependency-unavailable': 'Nothing was changed; the same request may be sent again.',
};

const faults: Partial<Record<ProblemCode, readonly InvalidField[]>> = {
  'invalid-request': [{ field: '/contentLength', message: '0 bytes: an empty file is not an image' }],
};

export function problemExample(code: ProblemCode): unknown {
  return problemDetails(new Problem(code, details[code], faults[code]), 'JKJaXmPLvHcESHA=');
}
