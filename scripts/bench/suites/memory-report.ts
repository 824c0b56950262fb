// What a run of memory showed.

import { markdownTable } from '../../page/markdown-table.ts';
import { quantile } from '../measure/statistics.ts';
import { atMost, targetTable } from '../report/format.ts';
import { lines } from '../report/plots.ts';
import type { Report, Target } from '../suite.ts';

export interface MemoryData {
  /** Peak of a fresh process after one picture; the median of `runs`. */
  readonly peaks: readonly Peak[];
  readonly growth: Growth;
  /** The process with its libraries loaded, after a picture of a few pixels. */
  readonly idleMb: number;
}

export interface Peak {
  readonly kind: string;
  readonly megapixels: number;
  readonly peakMb: number;
}

interface Growth {
  /** Resident megabytes after each image, of one process that is never replaced. */
  readonly residentMb: readonly number[];
  /** The image from which growth is counted: by then everything is loaded and warm. */
  readonly from: number;
}

/** Megabytes at 100 megapixels. */
const peakLimits: Readonly<Record<string, number>> = {
  'baseline JPEG': 150,
  'progressive JPEG': 420,
  PNG: 300,
};
const growthLimit = 1.25;

export function reportMemory(data: MemoryData): Report {
  const { peaks, growth, idleMb } = data;
  const targets = targetsOf(data);
  const counts = [...new Set(peaks.map(({ megapixels }) => megapixels))];
  const formats = [...new Set(peaks.map(({ kind }) => kind))];
  const peakOf = (kind: string, count: number) =>
    peaks.find((peak) => peak.kind === kind && peak.megapixels === count)?.peakMb ?? 0;
  const text = `Resident memory of the disposable imaging process, its program bundled as for Lambda, as Linux counts it (VmHWM, VmRSS); the
default variants are made.
With its libraries loaded, after a picture of a few pixels, it holds ${idleMb.toFixed(0)} MB.

${targetTable(targets)}

## Peak of a fresh process after one picture

{plot:peaks}

${markdownTable([
  ['MB', ...counts.map((count) => `${count} MP`)],
  ...formats.map((kind) => [kind, ...counts.map((count) => peakOf(kind, count).toFixed(0))]),
])}

## One process, ${growth.residentMb.length} images

Photos in turns, in a process that is never replaced (in the worker it is, after 200 images or above 320 MB).

{plot:growth}`;
  const plots = [
    {
      name: 'peaks',
      alt: 'Peak memory by megapixels',
      svg: lines(
        peaks.map(({ kind, megapixels, peakMb }) => ({ x: megapixels, y: peakMb, series: kind })),
        { x: 'megapixels', y: 'peak MB' },
      ),
    },
    {
      name: 'growth',
      alt: 'Resident memory over images',
      svg: lines(
        growth.residentMb.map((y, index) => ({ x: index + 1, y, series: 'resident' })),
        { x: 'images rendered', y: 'resident MB' },
      ),
    },
  ];
  return { title: 'Memory', text, plots, targets };
}

function targetsOf({ peaks, growth }: MemoryData): Target[] {
  const largest = Math.max(...peaks.map(({ megapixels }) => megapixels));
  const atLargest = peaks
    .filter(({ megapixels }) => megapixels === largest)
    .map(({ kind, peakMb }) =>
      atMost(`peak at ${largest} MP, ${kind}`, peakLimits[kind] ?? 0, peakMb, ' MB'),
    );
  const { residentMb, from } = growth;
  // A single reading depends on which photo was the last: five on either side tell the level.
  const early = quantile(residentMb.slice(from - 1, from + 4), 0.5);
  const late = quantile(residentMb.slice(-5), 0.5);
  return [
    ...atLargest,
    atMost(
      `growth from image ${from} to image ${residentMb.length}`,
      growthLimit,
      late / early,
      ' ×',
      `${(late / early).toFixed(2)} × (${early.toFixed(0)} to ${late.toFixed(0)} MB)`,
    ),
  ];
}
