import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breaches } from '../../scripts/fuzz/record-law.ts';
import type { ImageMetadata } from '../../shared/domain/metadata.ts';
import { maxRecordedBytes, recorded } from '../../shared/imaging/metadata/recorded.ts';

const facts: ImageMetadata = {
  format: 'jpeg',
  width: 4,
  height: 3,
  storedWidth: 4,
  storedHeight: 3,
  orientation: 1,
  hasAlpha: false,
  frames: 1,
};

const texts = (count: number, text = 'word') =>
  Array.from({ length: count }, (_, index) => `${text} ${index}`);
const bytesOf = (metadata: ImageMetadata) => Buffer.byteLength(JSON.stringify(metadata));

describe('what is recorded of an image', () => {
  it('is what was found, where that is sound', () => {
    const sound = { ...facts, location: { latitude: 1.5, longitude: -2 }, notes: ['one'] };
    expect(recorded(sound)).toEqual(sound);
  });

  it.each([
    ['beyond what is exact', 2 ** 53],
    ['infinite', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
  ])('has no number that is %s', (_, durationMs) => {
    expect(recorded({ ...facts, durationMs })).toEqual({
      ...facts,
      notes: ['durationMs is no number that can be kept'],
    });
  });

  it('has the largest whole number that is exact, and fractions', () => {
    const sound = { ...facts, durationMs: 2 ** 53 - 1, exposure: { timeSeconds: 0.008 } };
    expect(recorded(sound)).toEqual(sound);
  });

  it('has texts without controls or reordering, of bounded length', () => {
    const { camera, description, notes } = recorded({
      ...facts,
      camera: { make: 'a\u0007b\u202ec\u061cd\ud800' },
      description: { title: 'x'.repeat(201), description: 'x'.repeat(2001), copyright: 'x'.repeat(501) },
      notes: [`line\nline ${'x'.repeat(300)}`],
    });
    expect(camera).toEqual({ make: 'a b c d\ufffd' });
    const { title, description: text, copyright } = description ?? {};
    expect([title?.length, text?.length, copyright?.length]).toEqual([200, 2000, 500]);
    expect(notes).toEqual([`line line ${'x'.repeat(190)}`]);
  });

  it('has a hundred items of a list, and a note where there were more', () => {
    expect(recorded({ ...facts, description: { keywords: texts(100) } })).not.toHaveProperty('notes');
    const { description, notes } = recorded({ ...facts, description: { keywords: texts(101) } });
    expect(description?.keywords).toEqual(texts(100));
    expect(notes).toEqual(['only 100 of 101 keywords are kept']);
  });

  it('has twenty notes, and says how many there were more', () => {
    expect(recorded({ ...facts, notes: texts(20) }).notes).toEqual(texts(20));
    expect(recorded({ ...facts, notes: texts(21) }).notes).toEqual([...texts(20), 'and 1 more']);
    expect(recorded({ ...facts, notes: texts(5000) }).notes).toHaveLength(21);
  });

  it('fits into 32 KB to the byte; beyond that the keywords are left out, with a note', () => {
    const described = (copyright: string): ImageMetadata => ({
      ...facts,
      description: { copyright, keywords: texts(100, '漢'.repeat(106)) },
    });
    const of = (bytes: number) => described('c'.repeat(bytes - bytesOf(described(''))));
    expect(bytesOf(of(maxRecordedBytes))).toBe(maxRecordedBytes);
    expect(recorded(of(maxRecordedBytes))).toEqual(of(maxRecordedBytes));
    const { description, notes } = recorded(of(maxRecordedBytes + 1));
    expect(notes).toEqual(['keywords: left out, too long to be recorded']);
    expect(Object.keys(description ?? {})).toEqual(['copyright']);
  });

  it('leaves out creators and the description when that is not enough, and keeps what is shorter', () => {
    const names = texts(100, '漢'.repeat(190));
    const { description, notes } = recorded({
      ...facts,
      camera: { make: 'Acme' },
      description: { title: 'kept', creators: names, keywords: names, description: 'kept too' },
    });
    expect(description).toEqual({ title: 'kept', description: 'kept too' });
    expect(notes).toHaveLength(2);
  });

  it('keeps to its limits, whatever was found', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.string({
        unit: fc.constantFrom('"', '\\', '漢', '\u202e', '\u0001', '📷', '\ud800'),
        maxLength: 3000,
      }),
    );
    const list = fc.array(text, { maxLength: 150 });
    const number = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constant(2 ** 60));
    const metadata = fc.record({
      format: fc.constant('jpeg'),
      subformat: text,
      iccProfile: text,
      capturedAt: text,
      durationMs: number,
      densityPpi: number,
      camera: fc.record({ make: text, model: text, lens: text, software: text }),
      exposure: fc.record({ timeSeconds: number, iso: number, flashFired: fc.boolean() }),
      location: fc.record({ latitude: number, longitude: number, altitude: number }),
      description: fc.record({
        title: text,
        description: text,
        creators: list,
        copyright: text,
        keywords: list,
      }),
      notes: list,
    });
    fc.assert(
      fc.property(metadata, (found) => {
        expect(breaches(recorded({ ...facts, ...found } as ImageMetadata))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
