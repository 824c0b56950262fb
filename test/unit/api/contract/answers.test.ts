// The schemas of answers: what the code answers conforms to them, types included, and so does every example.

import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod/mini';
import { imageEvent as eventExample, problemExample } from '../../../../shared/api/contract/examples.ts';
import { imageId as imageIdSchema } from '../../../../shared/api/contract/fields.ts';
import { type imagePageSchema, imageSchema } from '../../../../shared/api/contract/image.ts';
import { imageEventSchema } from '../../../../shared/api/contract/image-event.ts';
import { operations } from '../../../../shared/api/contract/operations.ts';
import { problemSchema } from '../../../../shared/api/contract/problem-details.ts';
import type { uploadOfferSchema } from '../../../../shared/api/contract/upload-offer.ts';
import type { ImageList } from '../../../../shared/api/images/list-images.ts';
import type { SignedUpload } from '../../../../shared/api/ports.ts';
import { type ProblemCode, problems } from '../../../../shared/api/problem.ts';
import { type ImageEvent, imageEventOf } from '../../../../shared/domain/events/image-event.ts';
import { type ImageView, viewImage } from '../../../../shared/domain/image-view.ts';
import { isImageId } from '../../../../shared/domain/object-keys.ts';
import { overdue, processing, ready, taskRecord } from '../../../support/image-records.ts';

const metadata = {
  ...{ format: 'tiff', width: 640, height: 480, storedWidth: 480, storedHeight: 640, orientation: 6 },
  ...{ hasAlpha: true, frames: 2, subformat: 'tiled', durationMs: 80, bitDepth: 16, colorSpace: 'lab' },
  ...{ iccProfile: 'a', densityPpi: 72, capturedAt: '2020-07-28T19:18:49', notes: ['odd'] },
  camera: { make: 'a', model: 'b', lens: 'c', software: 'd' },
  exposure: {
    ...{ timeSeconds: 0.1, fNumber: 2.8, iso: 100, focalLengthMm: 50, focalLength35mm: 75 },
    flashFired: true,
  },
  location: { latitude: -90, longitude: 180, altitude: -3.5, accuracyMeters: 5 },
  description: {
    ...{ title: 'a', description: 'b', creators: ['c'], copyright: 'd', keywords: ['e'], rating: -1 },
  },
};
const results = {
  ...{ fileName: 'IMG_1.jpg', metadata, perceptualHash: '00ff', sha256: 'ab'.repeat(32) },
  original: { bucket: 'originals', key: 'originals/1', eTag: 'etag', bytes: 0 },
  placeholder: { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' },
  renditions: [
    {
      ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 1, height: 160 },
      ...{ frames: 1, bytes: 2048, key: 'renditions/1/thumb-0.webp' },
    },
  ],
} as object;
const failure = { code: 'internal', message: 'no memory' } as const;
const urls = {
  original: 'https://o.example/',
  renditions: new Map([['renditions/1/thumb-0.webp', 'https://r.example/']]),
};

const records = {
  'that awaits its upload': overdue(),
  'whose URL ran out': overdue({ expired: true }),
  'that is worked on': processing(results),
  'that is ready': ready(results),
  'that is rejected': processing({ renditionsTask: taskRecord({ state: 'rejected', failure }) }),
  'that failed': processing({ renditionsTask: taskRecord({ state: 'failed', failure }) }),
  'that was removed': overdue({ removed: { messageId: 'm', receiveCount: 1 } }),
};

describe.each(Object.entries(records))('an image %s', (_what, record) => {
  it('is shown as its schema says, with URLs and without', () => {
    expect(z.safeParse(imageSchema, viewImage(record, urls)).error?.issues).toBeUndefined();
    expect(z.safeParse(imageSchema, viewImage(record)).error?.issues).toBeUndefined();
  });

  it('is announced as the schema says, if at all', () => {
    const event = imageEventOf(record);

    if (event) expect(z.safeParse(imageEventSchema, event).error?.issues).toBeUndefined();
  });
});

describe('the schemas', () => {
  it('say what the types say', () => {
    type Answered<Schema extends z.ZodMiniType> = DeepReadonly<z.output<Schema>>;
    expectTypeOf<DeepReadonly<ImageView>>().toEqualTypeOf<Answered<typeof imageSchema>>();
    expectTypeOf<DeepReadonly<ImageList>>().toEqualTypeOf<Answered<typeof imagePageSchema>>();
    expectTypeOf<DeepReadonly<ImageEvent>>().toEqualTypeOf<Answered<typeof imageEventSchema>>();
    expectTypeOf<DeepReadonly<SignedUpload>>().toExtend<Answered<typeof uploadOfferSchema>['upload']>();
  });

  it.each([
    '0199a3c4-7b1e-7c2d-8f3a-5d2e9b7c1a40',
    'obj-0123456789abcdef0123456789abcdef',
    '0199a3c4-7b1e-4c2d-8f3a-5d2e9b7c1a40',
    'obj-0123',
    '0199A3C4-7B1E-7C2D-8F3A-5D2E9B7C1A40',
    '0199a3c4-7b1e-7c2d-8f3a-5d2e9b7c1a40\n',
  ])('and the code agree on whether %j is an image’s ID', (text) => {
    expect(z.safeParse(imageIdSchema, text).success).toBe(isImageId(text));
  });
});

describe.each(operations)('the operation $id', ({ answer, unchanged, body }) => {
  it('has an example of every answer, and each is as its schema says', () => {
    for (const one of [answer, ...(unchanged ? [unchanged] : [])]) {
      const examples = Object.entries(one.examples ?? {});
      expect(examples.length > 0).toBe(one.body !== undefined);
      for (const [name, example] of examples)
        expect(one.body && z.safeParse(one.body, example).error?.issues, name).toBeUndefined();
    }
  });

  it('has an example of every request with a body, and each is as its schema says', () => {
    for (const [name, example] of Object.entries(body?.examples ?? {}))
      expect(body && z.safeParse(body.schema, example).error?.issues, name).toBeUndefined();
    expect(body === undefined || Object.keys(body.examples).length > 0).toBe(true);
  });
});

it.each(Object.keys(problems) as ProblemCode[])('the example of %s is as the schema says', (code) => {
  expect(z.safeParse(problemSchema, problemExample(code)).error?.issues).toBeUndefined();
});

it('the example of an image event is as the schema says', () => {
  expect(z.safeParse(imageEventSchema, eventExample).error?.issues).toBeUndefined();
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
