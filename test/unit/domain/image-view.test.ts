// How an image looks from outside: everything named, nothing private, and only of the original that is there now.

import { describe, expect, it } from 'vitest';
import { type ImageUrls, viewImage } from '../../../shared/domain/image-view.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';

const metadata = { format: 'svg', width: 640, height: 480 } as const;
const placeholder = { thumbHash: '1QcSHQ', dominantColor: '#8a7c66' };
const rendition: StoredRendition = {
  ...{ variant: 'thumb', format: 'webp' as const, contentType: 'image/webp', width: 160, height: 120 },
  ...{ frames: 1, bytes: 2048, key: 'renditions/1/thumb-0.webp' },
};
const { key, ...visible } = rendition;
const original = { bucket: 'originals', key: 'originals/1', eTag: 'etag', bytes: 1234 };
const results = {
  ...{ original, placeholder, perceptualHash: '00ff', sha256: 'ab12', renditions: [rendition] },
  ...{ fileName: 'IMG_1.jpg', metadata },
} as object;

describe('viewImage', () => {
  it('shows an image that awaits its upload, with null for what is not known', () => {
    const record = overdue();

    expect(viewImage(record)).toEqual({
      ...{ imageId: record.imageId, status: 'awaiting-upload', fileName: null },
      ...{ createdAt: record.createdAt, updatedAt: record.updatedAt, original: null, metadata: null },
      ...{ placeholder: null, perceptualHash: null, renditions: [], failure: null },
    });
  });

  it('shows all of an image that is ready, but no bucket, key or owner', () => {
    const record = ready(results);

    expect(viewImage(record)).toEqual({
      ...{ imageId: record.imageId, status: 'ready', fileName: 'IMG_1.jpg' },
      ...{ createdAt: record.createdAt, updatedAt: record.updatedAt, metadata, placeholder },
      original: { contentType: 'image/svg+xml', bytes: 1234, sha256: 'ab12' },
      ...{ perceptualHash: '00ff', renditions: [visible], failure: null },
    });
  });

  it('shows what has arrived, before any of it was read', () => {
    const view = viewImage(processing({ original, metadataTask: taskRecord() }));

    expect(view).toMatchObject({
      ...{ status: 'processing', original: { contentType: null, bytes: 1234, sha256: null } },
    });
  });

  it('shows nothing that is left of an original before', () => {
    const view = viewImage(ready({ ...results, renditionsTask: taskRecord() }));

    expect(view).toMatchObject({
      ...{ placeholder: null, perceptualHash: null, renditions: [], original: { sha256: null }, metadata },
    });
  });

  it('shows a tombstone without a date of creation', () => {
    const { createdAt: _created, ...record } = overdue({ removed: { messageId: 'm', receiveCount: 1 } });

    expect(viewImage(record)).toMatchObject({ status: 'deleted', createdAt: null });
  });

  it('puts in the URLs that it is given, each where it belongs', () => {
    const urls: ImageUrls = { original: 'https://o', renditions: new Map([[key, 'https://r']]) };

    const view = viewImage(ready(results), urls);

    expect(view.original).toMatchObject({ url: 'https://o' });
    expect(view.renditions).toEqual([{ ...visible, url: 'https://r' }]);
  });

  it('has no URL where none is given', () => {
    const view = viewImage(ready(results), { renditions: new Map([['another key', 'https://r']]) });

    expect(view.original).not.toHaveProperty('url');
    expect(view.renditions[0]).not.toHaveProperty('url');
  });

  it.each([
    ['rejected', false],
    ['failed', true],
  ] as const)('tells why an image is %s, and that a retry may help: %s', (state, retryable) => {
    const failure = { code: 'internal', message: 'no memory' } as const;

    const view = viewImage(processing({ renditionsTask: taskRecord({ state, failure }) }));

    expect(view.failure).toEqual({ ...failure, task: 'renditions', retryable });
  });
});
