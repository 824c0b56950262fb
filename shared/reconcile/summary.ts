// One run of reconciling in figures. Pure.

import { type Action, actions, type Deed } from './reconcile.ts';

export type Summary = Record<Action | 'lookedAt' | 'errors', number>;

/** Counts the deeds by action; those that could not be done count as errors only. */
export function summaryOf(deeds: readonly Deed[]): Summary {
  const done = deeds.filter(({ error }) => error === undefined);
  const byAction = actions.map((action) => [action, done.filter((deed) => deed.action === action).length]);
  return {
    ...(Object.fromEntries(byAction) as Record<Action, number>),
    lookedAt: deeds.length,
    errors: deeds.length - done.length,
  };
}
