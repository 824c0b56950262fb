// The bill, computed once more from what it says it comes from: committed benchmarks, counted calls, listed prices.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BillLine, billOf, defaultWorkload, dollarsOf, summed } from '../../../scripts/cost/bill.ts';
import { prices, pricesAsOf } from '../../../scripts/cost/prices.ts';
import { largest, rowsOf, verdict } from '../../../scripts/cost/report.ts';
import type { Workload } from '../../../scripts/cost/usage.ts';
import { variants } from '../../../shared/domain/variants.ts';

const standing = { customMetrics: 18, alarmMetrics: 35 };
const bill = (changes: Partial<Workload> = {}) => billOf({ ...defaultWorkload, ...changes }, standing);
const page = readFileSync('docs/aws-calls.md', 'utf8');
const suite = (name: string) => JSON.parse(readFileSync(`docs/benchmarks/${name}.json`, 'utf8')).data;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Units of an image in one part. */
function units(lines: readonly BillLine[], part: BillLine['part'], price: BillLine['price']): number {
  return (summed(lines, part).find((line) => line.price === price)?.units ?? 0) / defaultWorkload.images;
}

/** How often `by` calls so, as docs/aws-calls.md has it. */
function times(by: string, call: string): number {
  return Number(new RegExp(`^\\| ${by} \\| \\w+ \\| ${call} \\| (\\d+) \\|`, 'm').exec(page)?.[1] ?? 0);
}

const documentedWrites = [...page.matchAll(/^\| ([\w ,]+) \| (\d+) \| (\d+) \| (\d+) \|$/gm)].map(
  ([, name = '', ...amounts]) => ({
    name,
    units: amounts.map(Number).reduce((sum, amount) => sum + amount, 0),
  }),
);

describe('what is counted', () => {
  it.each([
    ['s3Writes', times('renditions', 'PutObject')],
    ['s3Reads', times('renditions', 'GetObject') + times('metadata', 'GetObject')],
    ['snsPublishes', 1 + times('last worker', 'Publish')],
    // Sent by SNS, received, deleted: by two workers.
    ['sqsRequests', 6],
    ['lambdaRequests', 2],
  ] as const)('is in the bill of processing as docs/aws-calls.md has it: %s', (price, counted) => {
    expect(units(bill(), 'processing', price)).toBeCloseTo(counted);
  });

  it('has every write unit once, in the part that it belongs to', () => {
    const ofUpload = documentedWrites.filter(({ name }) => ['create', 'count in the ledger'].includes(name));
    const total = (rows: typeof documentedWrites) => rows.reduce((sum, row) => sum + row.units, 0);

    expect(units(bill(), 'upload', 'dynamoDbWrites')).toBe(total(ofUpload));
    expect(units(bill(), 'processing', 'dynamoDbWrites')).toBe(total(documentedWrites) - total(ofUpload));
    expect(total(documentedWrites)).toBe(13);
  });

  it('has the upload’s PUT, its two requests, and no rendition', () => {
    expect(units(bill(), 'upload', 's3Writes')).toBe(1);
    expect(units(bill(), 'upload', 'apiRequests')).toBe(2);
  });
});

describe('what is measured', () => {
  it('is the CPU of the committed benchmarks at a function’s share of a vCPU, and its waits', () => {
    const pipeline = suite('pipeline');
    const metadata = suite('metadata');
    const rounds: number[][] = suite('render').samples.webp.Darkroom;
    const sizes: number[] = metadata.files.map(({ name }: { name: string }) =>
      Number(/-(\d+)mp/.exec(name)?.[1]),
    );
    const photos = sizes.map((_size, index) => mean(rounds.map((round) => round[index] ?? 0)));
    const slope =
      mean(sizes.map((size, index) => (size - mean(sizes)) * (photos[index] ?? 0))) /
      mean(sizes.map((size) => size * size - mean(sizes) ** 2));
    const bare = mean(pipeline.bareCpuMs);
    const cpu = (bare / mean(photos)) * (mean(photos) + slope * (12 - mean(sizes)));
    const perCall = (pipeline.sustained.functionsCpuMs - bare - metadata.cpu.median) / (8 + 3 + 3);
    const wait = mean(suite('batch').latencyMs);
    const renditions = (cpu + 11 * perCall + 3 * wait + 4 * 10) / 1000;
    const read = ((metadata.cpu.median + 3 * perCall) * (1769 / 512) + wait + 2 * 10) / 1000;

    expect(units(bill(), 'processing', 'lambdaGbSeconds')).toBeCloseTo(
      (1769 / 1024) * renditions + 0.5 * read,
      6,
    );
  });

  it('is the bytes of the benchmark’s photos and of their renditions', () => {
    const files: { name: string; bytes: number }[] = suite('metadata').files;
    const megapixels = files.reduce((sum, { name }) => sum + Number(/-(\d+)mp/.exec(name)?.[1]), 0);
    const original = (12 * files.reduce((sum, { bytes }) => sum + bytes, 0)) / megapixels;
    const { webp, jpeg } = suite('render').encoded;
    const areas = variants.map(({ width, height }) => width * height);
    const share = 800 ** 2 / areas.reduce((sum, area) => sum + area, 0);
    const renditions = webp.Darkroom.bytesPerPhoto + share * jpeg.Darkroom.bytesPerPhoto;

    expect(units(bill(), 'storage', 's3GbMonths')).toBeCloseTo((original + renditions) / 1e9, 12);
    expect(units(bill(), 'delivery', 'cloudFrontGb')).toBeCloseTo((10 * renditions) / 5 / 1e9, 12);
  });
});

describe('the bill', () => {
  it('is units times prices, each of which names AWS’s page and is used', () => {
    const lines = [...bill(), ...bill({ delivery: 's3' })];

    for (const { price, units: taken, dollars, source } of lines) {
      expect(dollars).toBeCloseTo((taken * prices[price].dollars) / prices[price].per);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w-]+\/pricing\//);
    }
    expect([...new Set(lines.map(({ price }) => price))].toSorted()).toEqual(Object.keys(prices).toSorted());
    expect(pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('grows with images and months, and a stage costs the same whatever it does', () => {
    const [one, two] = [bill(), bill({ images: 2_000_000, months: 3 })];

    expect(dollarsOf(two, 'processing')).toBeCloseTo(2 * dollarsOf(one, 'processing'));
    expect(dollarsOf(two, 'upload')).toBeCloseTo(2 * dollarsOf(one, 'upload'));
    expect(dollarsOf(two, 'storage')).toBeCloseTo(6 * dollarsOf(one, 'storage'));
    expect(dollarsOf(two, 'standing')).toBeCloseTo(dollarsOf(one, 'standing'));
  });

  it('counts five dollars a million for each rendition', () => {
    const difference = dollarsOf(bill(), 'processing') - dollarsOf(bill({ renditions: 4 }), 'processing');

    expect(difference).toBeCloseTo(5);
    expect(largest(bill(), defaultWorkload)).toContain('A rendition less in the variant table saves $5.00');
  });

  it('takes larger originals for more work and more bytes', () => {
    const [small, large] = [bill({ megapixels: 6 }), bill({ megapixels: 48 })];

    expect(dollarsOf(large, 'processing')).toBeGreaterThan(dollarsOf(small, 'processing'));
    expect(dollarsOf(large, 'storage')).toBeGreaterThan(4 * dollarsOf(small, 'storage'));
  });

  it.each([1, 5])(
    'meets the goal of $45 a million where a worker gets %i messages at once, and says so',
    (batch) => {
      const workload = { ...defaultWorkload, batch };

      expect(dollarsOf(bill(workload), 'processing')).toBeLessThanOrEqual(45);
      expect(verdict(bill(workload), workload)).toContain('Goal: at most $45.00, met; estimated before');
    },
  );

  it('says by how much it misses its goal', () => {
    const workload = { ...defaultWorkload, renditions: 6 };
    const missedBy = dollarsOf(bill(workload), 'processing') - 45;

    expect(verdict(bill(workload), workload)).toContain(`missed by $${missedBy.toFixed(2)};`);
  });

  it('ends each part with its sum', () => {
    const last = rowsOf(bill(), 'standing').at(-1);

    expect(last).toEqual(['together', '', '', `$${dollarsOf(bill(), 'standing').toFixed(2)}`]);
  });
});
