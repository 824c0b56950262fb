// What a backfill says beforehand that it will cost, and how it keeps to its rate.
import { describe, expect, it } from 'vitest';
import { createPace } from '../../scripts/backfill/pace.ts';
import { backfillDollars, billOf, defaultWorkload, dollarsOf } from '../../scripts/cost/bill.ts';

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
  it('grows with the objects', () => {
    expect(backfillDollars(2_000_000)).toBeCloseTo(2 * backfillDollars(1_000_000));
  });

  it('is what processing costs, with records that are listed under their owners, and a listing of a thousand at a time', () => {
    const lines = billOf(defaultWorkload, { customMetrics: 0, alarmMetrics: 0 });

    expect(backfillDollars(1_000_000)).toBeCloseTo(dollarsOf(lines, 'processing') + 2 * 0.625 + 0.005);
  });
});
