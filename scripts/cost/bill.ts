// The bill: usage times prices, by part and service. Pure, but for reading the benchmarks.
import { writes } from './counted.ts';
import { type Price, prices } from './prices.ts';
import { type Part, renditionsOfTable, type Usage, usageOf, type Workload } from './usage.ts';

export interface BillLine extends Usage {
  readonly service: string;
  readonly unit: string;
  readonly source: string;
  readonly dollars: number;
}

/** What a stage has of what CloudWatch charges for by the piece. */
export interface Standing {
  readonly customMetrics: number;
  readonly alarmMetrics: number;
}

export const defaultWorkload: Workload = {
  ...{ images: 1_000_000, megapixels: 12, renditions: renditionsOfTable, months: 1 },
  ...{ views: 10, delivery: 'cloudfront', batch: 1 },
};

/** Dollars that a million images may cost to process, once they lie in S3. */
export const goalDollars = 45;
/** What the same was estimated at before it was measured. */
export const estimatedBeforeDollars = 82;

export const partTitles: Readonly<Record<Part, string>> = {
  processing: 'processing: from the original in S3 to ready',
  upload: 'upload: its URL, the PUT, one call that waits for the end',
  standing: 'standing: a month of a stage, whatever it does',
  storage: 'storage: a month, of all that is kept at the end',
  delivery: 'delivery: renditions that are looked at in a month',
};

export function billOf(workload: Workload, standing: Standing): BillLine[] {
  return usageOf(workload, standing).map((usage) => {
    const { service, unit, source, dollars, per }: Price = prices[usage.price];
    return { ...usage, service, unit, source, dollars: (usage.units / per) * dollars };
  });
}

export function dollarsOf(lines: readonly BillLine[], ...parts: readonly Part[]): number {
  return lines.filter(({ part }) => parts.includes(part)).reduce((sum, { dollars }) => sum + dollars, 0);
}

/** Lines of one part and price put together, the dearest first. */
export function summed(lines: readonly BillLine[], part: Part): BillLine[] {
  const byPrice = new Map<string, BillLine>();
  for (const line of lines.filter((one) => one.part === part)) {
    const before = byPrice.get(line.price);
    const units = line.units + (before?.units ?? 0);
    byPrice.set(line.price, { ...line, units, dollars: line.dollars + (before?.dollars ?? 0) });
  }
  return [...byPrice.values()].toSorted((one, other) => other.dollars - one.dollars);
}

/** About how many US dollars so many objects of a bucket cost to backfill, whose records the first claim makes. */
export function backfillDollars(objects: number): number {
  const lines = billOf({ ...defaultWorkload, images: objects }, { customMetrics: 0, alarmMetrics: 0 });
  const { dollars, per } = prices.dynamoDbWrites;
  const [create] = writes;
  const indexes = (create?.byOwner ?? 0) + (create?.byOverdue ?? 0);
  const listed = (objects / 1000) * (prices.s3Writes.dollars / prices.s3Writes.per);
  return dollarsOf(lines, 'processing') + (objects * indexes * dollars) / per + listed;
}
