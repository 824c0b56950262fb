// One run in figures.

import { expect, it } from 'vitest';
import { summaryOf } from '../../../shared/reconcile/summary.ts';

it('counts what was done by action, and what could not be done as errors alone', () => {
  const summary = summaryOf([
    { imageId: '1', action: 'expire' },
    { imageId: '2', action: 'expire' },
    { imageId: '3', action: 'fail' },
    { imageId: '4', action: 'fail', error: new Error('no luck') },
  ]);

  expect(summary).toEqual({
    ...{
      none: 0,
      postpone: 0,
      release: 0,
      expire: 2,
      republish: 0,
      fail: 1,
      announce: 0,
      clear: 0,
      unlist: 0,
    },
    ...{ lookedAt: 4, errors: 1 },
  });
});

it('is all zeros for a run that found nothing', () => {
  expect(Object.values(summaryOf([]))).toEqual(Array(11).fill(0));
});
