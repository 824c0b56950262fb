// What a run says of itself in metrics: that it ran, before all.

import { expect, it } from 'vitest';
import { measureRun } from '../../../shared/reconcile/measure.ts';
import type { Reconciliation } from '../../../shared/reconcile/reconcile.ts';
import { summaryOf } from '../../../shared/reconcile/summary.ts';

function measured(reconciliations: readonly Reconciliation[]) {
  const metrics: Record<string, number> = {};
  measureRun(summaryOf(reconciliations), (metric, value) => {
    metrics[metric] = value;
  });
  return metrics;
}

it('counts what was settled, what was republished or abandoned of it, and what could not be done', () => {
  const metrics = measured([
    { imageId: '1', action: 'none' },
    { imageId: '2', action: 'republish' },
    { imageId: '3', action: 'fail' },
    { imageId: '4', action: 'fail' },
    { imageId: '5', action: 'expire', error: new Error('no luck') },
  ]);

  expect(metrics).toEqual({
    ReconcileRuns: 1,
    ReconcileSettled: 3,
    ReconcileRepublished: 1,
    ReconcileAbandoned: 2,
    ReconcileErrors: 1,
  });
});

it('tells of a run that found nothing, so that only a run that is missing is silent', () => {
  expect(measured([])).toMatchObject({ ReconcileRuns: 1, ReconcileSettled: 0, ReconcileErrors: 0 });
});
