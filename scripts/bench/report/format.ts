// Figures and tables as a report prints them: no more digits than the spread allows.

import { markdownTable } from '../../page/markdown-table.ts';
import type { Spread } from '../measure/statistics.ts';
import type { Target } from '../suite.ts';

/** Milliseconds with their quartiles: `76 (75 to 79)`. */
export function milliseconds(spread: Spread): string {
  const digits = spread.median < 20 ? 1 : 0;
  return withQuartiles(spread, digits);
}

/** A ratio with its quartiles: `0.37 (0.37 to 0.38)`. */
export function ratio(spread: Spread): string {
  return withQuartiles(spread, 3);
}

function withQuartiles({ median, lower, upper }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${lower.toFixed(digits)} to ${upper.toFixed(digits)})`;
}

export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)} %`;
}

export function targetTable(targets: readonly Target[]): string {
  return markdownTable([
    ['what', 'target', 'measured', ''],
    ...targets.map(({ what, target, figure, isMet }) => [what, target, figure, isMet ? 'met' : '**missed**']),
  ]);
}

/** At most this much: a target and whether a figure meets it. */
export function atMost(what: string, limit: number, value: number, unit: string, figure?: string): Target {
  const [target, shown] = [`at most ${limit}${unit}`, figure ?? `${rounded(value)}${unit}`];
  return { what, target, figure: shown, isMet: value <= limit };
}

/** The same for a ratio: its median counts, its quartiles are shown. */
export function ratioAtMost(what: string, limit: number, spread: Spread): Target {
  return atMost(what, limit, spread.median, ' ×', ratio(spread));
}

export function atLeast(what: string, limit: number, value: number, unit: string, figure?: string): Target {
  const [target, shown] = [`at least ${limit}${unit}`, figure ?? `${rounded(value)}${unit}`];
  return { what, target, figure: shown, isMet: value >= limit };
}

function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 3);
}
