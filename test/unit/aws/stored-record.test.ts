// How records are stored: every one is read as it was written, and a photo's is as small as its price is said to be.

import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { itemOf, recordOf } from '../../../shared/aws/stored-record.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { type OutputFormat, outputFormats } from '../../../shared/domain/formats.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { ready, sequencer } from '../../support/image-records.ts';

const imageId = uuidv7();
const [key = ''] = renditionKeys(imageId, sequencer, variants);
const rendition: StoredRendition = {
  ...{ variant: 'thumb', format: 'webp' as const, contentType: 'image/webp', width: 160, height: 120 },
  ...{ frames: 1, bytes: 2048, key },
};
const original = { bucket: 'originals', key: originalKey(imageId), eTag: 'e', bytes: 5 };

function stored(changes: Partial<ImageRecord>) {
  return itemOf(imageId, ready({ imageId, ...changes }));
}

describe('an item', () => {
  it('leaves out what follows from the rest of it', () => {
    const item = stored({ sequencer: normalizeSequencer('0055AED6DC00'), original, renditions: [rendition] });

    expect(item).toMatchObject({
      ...{ sequencer: '0055AED6DC', original: { bucket: 'originals', eTag: 'e', bytes: 5 } },
      renditions: [['thumb', 'webp', 160, 120, 2048, expect.stringMatching(/^[0-9a-f]{10}[.]webp$/)]],
    });
    expect(item['original']).not.toHaveProperty('key');
  });

  it('says what does not: frames of an animation, a content type and keys of another kind', () => {
    const odd = { ...rendition, frames: 12, contentType: 'image/x-webp', key: 'somewhere/else.webp' };

    const item = stored({
      original: { ...original, key: 'photos/1.jpg' },
      renditions: [odd, { ...odd, frames: 1 }],
    });

    expect(item).toMatchObject({
      original: { key: 'photos/1.jpg' },
      renditions: [
        ['thumb', 'webp', 160, 120, 2048, 'somewhere/else.webp', 12, 'image/x-webp'],
        ['thumb', 'webp', 160, 120, 2048, 'somewhere/else.webp', 1, 'image/x-webp'],
      ],
    });
  });

  it('has nothing for an attribute that is not there', () => {
    const record = { renditions: undefined, sequencer: undefined, original: undefined, fileName: 'a' };

    expect(itemOf(imageId, record)).toEqual(record);
  });

  it('has hex digits as the bytes that they are', () => {
    const item = itemOf(imageId, { sha256: 'ab12ff', perceptualHash: '00' });

    expect(item).toEqual({ sha256: Uint8Array.of(0xab, 0x12, 0xff), perceptualHash: Uint8Array.of(0) });
  });

  it.each(['abc', 'AB12', 'ab12 ', ' ab12', 'no digits'])('has %j as it is, which is no bytes', (sha256) => {
    expect(itemOf(imageId, { sha256 })).toEqual({ sha256 });
    expect(recordOf({ imageId, sha256 })).toMatchObject({ sha256 });
  });

  it.each(Object.entries(outputFormats))('needs no content type for %s', (format, { contentType }) => {
    const item = stored({ renditions: [{ ...rendition, format: format as OutputFormat, contentType }] });

    expect((item['renditions'] as unknown[][])[0]).toHaveLength(6);
  });
});

describe('a record', () => {
  const listed = fc.record<StoredRendition>({
    variant: fc.constantFrom('thumb', 'medium'),
    format: fc.constantFrom<OutputFormat>('webp', 'jpeg'),
    contentType: fc.constantFrom('image/webp', 'image/jpeg', 'text/html'),
    ...{ width: fc.nat(), height: fc.nat(), bytes: fc.nat(), frames: fc.integer({ min: 1, max: 9 }) },
    key: fc.constantFrom(key, 'renditions/thumb.webp', 'old/key'),
  });
  const sequencers = fc.string({ unit: fc.constantFrom(...'0123456789ABCDEF'), minLength: 1, maxLength: 40 });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(listed, { maxLength: 3 }),
        sequencers,
        fc.constantFrom(originalKey(imageId), 'a/b'),
        (renditions, at, originalAt) => {
          const record = ready({
            ...{ imageId, renditions, sequencer: normalizeSequencer(at) },
            original: { ...original, key: originalAt },
          });

          expect(recordOf(itemOf(imageId, record))).toEqual(record);
        },
      ),
    );
  });

  it('that was never claimed is read as it was written', () => {
    const { sequencer: _at, renditionsTask: _renditions, metadataTask: _metadata, ...record } = ready();

    expect(recordOf(itemOf(record.imageId, record))).toEqual(record);
  });
});
