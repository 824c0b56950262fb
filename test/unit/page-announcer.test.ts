// What a screen reader says of the uploads: something at once, and then the latest, after a pause.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Announcer } from '../../web/src/upload/announcer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('says the first sentence at once, and of those that follow the last one after a pause', () => {
  const said: string[] = [];
  const announcer = new Announcer(4000, (sentence) => said.push(sentence));

  for (const sentence of ['one', 'two', 'three']) announcer.announce(sentence);
  expect(said).toEqual(['one']);
  vi.advanceTimersByTime(3999);
  expect(said).toEqual(['one']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['one', 'three']);
});

test('says nothing twice in a row', () => {
  const said: string[] = [];
  const announcer = new Announcer(4000, (sentence) => said.push(sentence));

  announcer.announce('one');
  vi.advanceTimersByTime(4000);
  announcer.announce('one');
  vi.advanceTimersByTime(4000);
  announcer.announce('two');

  expect(said).toEqual(['one', 'two']);
});
