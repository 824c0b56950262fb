// How long a failed message rests.

import { describe, expect, it } from 'vitest';
import { backoffSeconds } from '../../../shared/lambda/backoff.ts';

describe('backoffSeconds', () => {
  it.each([
    [1, 10, 5, 10],
    [2, 10, 20, 40],
    [3, 10, 80, 160],
    [4, 10, 320, 640],
    [5, 10, 450, 900],
    [1, 0, 0, 0],
  ])('after receive %i and with a base of %i s is from %i to %i s', (receiveCount, base, least, most) => {
    expect(backoffSeconds(receiveCount, base, 0)).toBe(least);
    expect(backoffSeconds(receiveCount, base, 1)).toBe(most);
  });

  it('is in between by chance, in whole seconds', () => {
    const waits = Array.from({ length: 50 }, () => backoffSeconds(4, 10));

    expect(Math.min(...waits)).toBeGreaterThanOrEqual(320);
    expect(Math.max(...waits)).toBeLessThanOrEqual(640);
    expect(waits.every(Number.isInteger)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });
});
