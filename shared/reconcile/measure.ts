// What one run of reconciling says of itself in metrics. Pure.

import type { Measure } from '../processing/measure.ts';
import type { Summary } from './summary.ts';

/** Notes a run that has ended. */
export function measureRun({ lookedAt, none, errors, republish, fail }: Summary, measure: Measure): void {
  measure('ReconcileRuns', 1);
  measure('ReconcileSettled', lookedAt - none - errors);
  measure('ReconcileRepublished', republish);
  measure('ReconcileAbandoned', fail);
  measure('ReconcileErrors', errors);
}
