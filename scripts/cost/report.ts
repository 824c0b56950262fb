// The bill in words and tables, for a terminal and for docs/cost.md.
import { formatDollars } from '../terminal/figures.ts';
import { type BillLine, dollarsOf, estimatedBeforeDollars, goalDollars, partTitles, summed } from './bill.ts';
import type { Part, Workload } from './usage.ts';

export const parts = Object.keys(partTitles) as readonly Part[];

/** Service, unit, units and dollars of each line of a part, and the part's sum. */
export function rowsOf(lines: readonly BillLine[], part: Part): string[][] {
  const rows = summed(lines, part).map(({ service, unit, units, dollars }) => [
    ...[service, unit, amount(units), formatDollars(dollars)],
  ]);
  return [...rows, ['together', '', '', formatDollars(dollarsOf(lines, part))]];
}

/** How processing compares with its goal, a million images at a time. */
export function verdict(lines: readonly BillLine[], { images, batch }: Workload): string {
  const dollars = (dollarsOf(lines, 'processing') / images) * 1e6;
  const compared = dollars <= goalDollars ? 'met' : `missed by ${formatDollars(dollars - goalDollars)}`;
  const how = batch === 1 ? 'messages come one at a time' : `workers get ${batch} messages at once`;
  return `Processing costs ${formatDollars(dollars)} a million where ${how}. Goal: at most ${formatDollars(goalDollars)}, ${compared}; estimated before it was measured: ${formatDollars(estimatedBeforeDollars)}.`;
}

/** What the money goes into, and what would lower it. */
export function largest(lines: readonly BillLine[], { images, renditions }: Workload): string {
  const all = summed(lines, 'processing');
  const [first] = all;
  if (first === undefined || images === 0) return '';
  const share = Math.round((100 * first.dollars) / dollarsOf(lines, 'processing'));
  const puts = all.find(({ price }) => price === 's3Writes')?.dollars ?? 0;
  const each = formatDollars((puts / renditions / images) * 1e6);
  return `${share} % of processing is ${first.service} ${first.unit}. A rendition less in the variant table saves ${each} a million images.`;
}

function amount(units: number): string {
  return units.toLocaleString('en', { maximumFractionDigits: units < 100 ? 2 : 0 });
}
