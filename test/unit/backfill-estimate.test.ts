// What a backfill says beforehand that it will cost, and how it keeps to its rate.
import { describe, expect, it } from 'vitest';
import { createPace } from '../../scripts/backfill/pace.ts';
import { estimateDollars, prices } from '../../scripts/backfill/prices.ts';

describe('the rate', () => {
  it('spreads messages so that no second has more than its share', async () => {
    const pace = createPace(200);
    const startedAt = performance.now();

    for (let wave = 0; wave < 5; wave += 1) await pace(10);

    // The first wave goes at once; each of the other four waits for the ten before it.
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });
});

describe('the estimate', () => {
  it('grows with the objects, and names the page of every price', () => {
    expect(estimateDollars(2_000_000)).toBeCloseTo(2 * estimateDollars(1_000_000));
    expect(prices.map(({ source }) => source)).toEqual(
      prices.map(() => expect.stringMatching(/^https:\/\/aws\.amazon\.com\//)),
    );
  });
});
