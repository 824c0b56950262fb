// One run of reconciling in figures. Pure.

import { type Action, actions, type Reconciliation } from './reconcile.ts';

export type Summary = Record<Action | 'lookedAt' | 'errors', number>;

/** Counts the reconciliations by action; those that could not be done count as errors only. */
export function summaryOf(reconciliations: readonly Reconciliation[]): Summary {
  const done = reconciliations.filter(({ error }) => error === undefined);
  const byAction = actions.map((action) => [
    action,
    done.filter((reconciliation) => reconciliation.action === action).length,
  ]);
  return {
    ...(Object.fromEntries(byAction) as Record<Action, number>),
    lookedAt: reconciliations.length,
    errors: reconciliations.length - done.length,
  };
}
