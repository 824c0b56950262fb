// What a run of pipeline showed.

import { markdownTable } from '../../page/markdown-table.ts';
import { meanOf, quantile } from '../measure/statistics.ts';
import type { PhotoSet } from '../photos.ts';
import { atMost, targetTable } from '../report/format.ts';
import { cumulative } from '../report/plots.ts';
import { type Report, sentenceOf } from '../suite.ts';

export interface PipelineData {
  readonly photos: PhotoSet;
  /** Milliseconds from the upload's answer to the arrival of `image.ready`, one upload at a time. */
  readonly latencyMs: readonly number[];
  readonly sustained: {
    readonly uploads: number;
    /** From the first upload's beginning to the last image event. */
    readonly seconds: number;
    /** CPU milliseconds an image of both workers, imaging processes included. */
    readonly functionsCpuMs: number;
  };
  /** CPU milliseconds an image of the renditions task alone, S3 in memory: before and after the uploads. */
  readonly bareCpuMs: readonly [number, number];
}

/** CPU of both workers against the renditions job alone. */
const overheadLimit = 1.25;

export function reportPipeline({ photos, latencyMs, sustained, bareCpuMs }: PipelineData): Report {
  const bare = meanOf(bareCpuMs);
  const ratio = sustained.functionsCpuMs / bare;
  const [p50, p99] = [quantile(latencyMs, 0.5), quantile(latencyMs, 0.99)];
  const perSecond = sustained.uploads / sustained.seconds;
  const targets = [
    atMost('CPU of both workers an image, against the renditions job alone', overheadLimit, ratio, ' ×'),
  ];
  const text = `Uploads to the embedded S3, through SNS, SQS, both packaged workers and DynamoDB, to the arrival of \`image.ready\` at a
subscribed queue; everything, client included, on this one machine. ${sentenceOf(photos)}

${targetTable(targets)}

${markdownTable([
  ['', ''],
  ['upload to ready, one upload at a time: p50', `${p50.toFixed(0)} ms`],
  ['p99', `${p99.toFixed(0)} ms (of ${latencyMs.length} uploads)`],
  [`${sustained.uploads} uploads as fast as they are taken`, `${perSecond.toFixed(1)} images a second`],
  ['CPU of both workers, an image', `${sustained.functionsCpuMs.toFixed(0)} ms`],
  [
    'the renditions job alone, S3 in memory',
    `${bare.toFixed(0)} ms (${bareCpuMs.map((one) => one.toFixed(0)).join(' before, ')} after)`,
  ],
])}

The embedded S3, SNS, SQS and DynamoDB run in a process of their own: they stand for what AWS does, share the processor
with the workers here, and are not in the workers' CPU.

{plot:latency}`;
  const plot = {
    name: 'latency',
    alt: 'Share of uploads ready within so many milliseconds',
    svg: cumulative(latencyMs, 'ms from the upload’s answer to image.ready'),
  };
  return { title: 'The whole pipeline', text, plots: [plot], targets };
}
