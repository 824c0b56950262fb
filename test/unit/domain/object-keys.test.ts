// Object keys: the same work always writes the same keys, and what would change the bytes changes the key.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  imageIdOf,
  isImageId,
  originalKey,
  renditionKey,
  renditionKeys,
  renditionsPrefix,
} from '../../../shared/domain/object-keys.ts';
import type { Variant } from '../../../shared/domain/variants.ts';

const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
const sequencer = '0055AED6DCD90281E5'.padEnd(40, '0');
const variant: Variant = { name: 'small', width: 320, height: 320, fit: 'inside', formats: ['webp', 'jpeg'] };

describe('imageIdOf', () => {
  it('finds the ID that the API issued in the key that it issued', () => {
    expect(imageIdOf('own', originalKey(imageId), 'own')).toBe(imageId);
  });

  it('derives an ID for a key that the API did not issue, the same one every time', () => {
    const id = imageIdOf('own', 'originals/holiday photos/1.jpg', 'own');

    expect(id).toMatch(/^obj-[0-9a-f]{32}$/);
    expect(imageIdOf('own', 'originals/holiday photos/1.jpg', 'own')).toBe(id);
  });

  it('tells objects of the same key in two buckets apart', () => {
    expect(imageIdOf('one', 'photo.jpg', 'own')).not.toBe(imageIdOf('two', 'photo.jpg', 'own'));
  });

  it('takes no key of another bucket for an issued one', () => {
    expect(imageIdOf('foreign', originalKey(imageId), 'own')).toMatch(/^obj-/);
  });

  it.each([
    ['an ID without the prefix', imageId],
    ['an ID with an extension', `originals/${imageId}.jpg`],
    ['an ID in a subfolder', `originals/a/${imageId}`],
    ['a UUID of another kind', 'originals/0199a3c4-7b1e-4c2d-8f3a-000000000001'],
    ['an ID in capitals', `originals/${imageId.toUpperCase()}`],
  ])('does not take %s for an issued one', (_what, key) => {
    expect(imageIdOf('own', key, 'own')).toMatch(/^obj-/);
  });
});

describe('isImageId', () => {
  it('knows issued and derived IDs', () => {
    expect([imageId, imageIdOf('one', 'photo.jpg', 'own')].map(isImageId)).toEqual([true, true]);
  });

  it.each([
    '',
    'x',
    `${imageId} `,
    imageId.toUpperCase(),
    `obj-${'0'.repeat(31)}`,
    `obj-${'0'.repeat(33)}`,
    `obj-${'G'.repeat(32)}`,
  ])('refuses “%s”', (text) => {
    expect(isImageId(text)).toBe(false);
  });
});

describe('renditionKey', () => {
  const key = renditionKey(imageId, sequencer, variant, 'webp');

  it('lies below the prefix of its image, named by variant, with the extension of its format', () => {
    expect(key).toMatch(/^renditions\/0199a3c4-7b1e-7c2d-8f3a-000000000001\/small-[0-9a-f]{10}\.webp$/);
    expect(key.startsWith(renditionsPrefix(imageId))).toBe(true);
  });

  it('is the same for the same unit of work', () => {
    expect(renditionKey(imageId, sequencer, { ...variant }, 'webp')).toBe(key);
  });

  it.each<[string, string, Variant]>([
    ['sequencer', sequencer.replace('E5', 'E6'), variant],
    ['width', sequencer, { ...variant, width: 321 }],
    ['height', sequencer, { ...variant, height: 321 }],
    ['fit', sequencer, { ...variant, fit: 'cover' }],
    ['crop', sequencer, { ...variant, crop: 'attention' }],
  ])('changes with the %s', (_what, changedSequencer, changed) => {
    expect(renditionKey(imageId, changedSequencer, changed, 'webp')).not.toBe(key);
  });

  it('carries how its format is encoded: no two formats of a variant have the same hash', () => {
    const hashes = (['webp', 'jpeg', 'avif', 'png'] as const).map(
      (format) => /-([0-9a-f]{10})\./.exec(renditionKey(imageId, sequencer, variant, format))?.[1],
    );

    expect(new Set(hashes).size).toBe(4);
  });

  it('stays the same when a variant says that it keeps the middle, which is what it does anyway', () => {
    expect(renditionKey(imageId, sequencer, { ...variant, crop: 'center' }, 'webp')).toBe(key);
  });

  it('stays the same when only other formats of the variant come or go', () => {
    expect(renditionKey(imageId, sequencer, { ...variant, formats: ['webp'] }, 'webp')).toBe(key);
  });
});

describe('renditionKeys', () => {
  it('lists one key for each format of each variant', () => {
    const keys = renditionKeys(imageId, sequencer, [
      variant,
      { ...variant, name: 'large', formats: ['webp'] },
    ]);

    expect(keys).toHaveLength(3);
    expect(keys).toContain(renditionKey(imageId, sequencer, variant, 'jpeg'));
  });

  it('never gives two images the same key', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), fc.uuid({ version: 7 }), (one, other) => {
        fc.pre(one !== other);
        const shared = new Set(renditionKeys(one, sequencer, [variant]));
        expect(renditionKeys(other, sequencer, [variant]).some((candidate) => shared.has(candidate))).toBe(
          false,
        );
      }),
    );
  });
});
