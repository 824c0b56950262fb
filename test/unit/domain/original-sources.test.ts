// Which objects are worked on: those of the stage's own bucket, and of what it was told to take in.

import { expect, it } from 'vitest';
import { isFromSource, readOriginalSources } from '../../../shared/domain/original-sources.ts';

const sources = readOriginalSources('own/originals/, other/photos/,whole,');

it('reads a list, the stage’s own source first', () => {
  expect(sources).toEqual({
    own: { bucket: 'own', prefix: 'originals/' },
    foreign: [
      { bucket: 'other', prefix: 'photos/' },
      { bucket: 'whole', prefix: '' },
    ],
  });
});

it.each(['', ' , ', '/originals/', 'own/originals/,/photos'])('refuses the list “%s”', (list) => {
  expect(() => readOriginalSources(list)).toThrow(/no source|names no bucket/);
});

it.each([
  ['own', 'originals/1'],
  ['other', 'photos/1'],
  ['whole', 'anything'],
])('takes %s/%s', (bucket, key) => {
  expect(isFromSource({ bucket, key }, sources)).toBe(true);
});

it.each([
  ['own', 'photos/1'],
  ['own', 'originals'],
  ['other', 'originals/1'],
  ['others', 'photos/1'],
  ['unknown', 'originals/1'],
])('refuses %s/%s', (bucket, key) => {
  expect(isFromSource({ bucket, key }, sources)).toBe(false);
});
