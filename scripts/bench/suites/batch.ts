// batch: what a batch of ten takes while S3 keeps everybody waiting, and how soon a runaway decode is dead and replaced.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import pLimit from 'p-limit';
import { readOriginalSources } from '../../../shared/domain/original-sources.ts';
import { type Variant, variants } from '../../../shared/domain/variants.ts';
import { createSqsHandler } from '../../../shared/lambda/sqs.ts';
import { createRenditionsTask } from '../../../shared/processing/renditions-task.ts';
import { dusk } from '../../demo/samples.ts';
import { randomNumbers } from '../../random/seeded.ts';
import { createDeployedEngine } from '../deployed-engine.ts';
import { spreadOf } from '../measure/statistics.ts';
import { describePhotos, loadPhotos, type Photo } from '../photos.ts';
import { presets } from '../render/presets.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { type BatchData, reportBatch } from './batch-report.ts';
import { runawayDelays } from './runaway.ts';

interface Way {
  readonly name: string;
  /** Originals rendered at once. */
  readonly slots: number;
  /** Originals under way at once. */
  readonly concurrency: number;
  /** Renditions stored at once. */
  readonly stores: number;
}

const batchSize = 10;
const latencyMs = [20, 60] as const;
const ways = [
  { name: 'sequential', slots: 1, concurrency: 1, stores: 1 },
  { name: 'one message at a time', slots: 1, concurrency: 1, stores: Number.POSITIVE_INFINITY },
  { name: 'pipelined, one CPU slot', slots: 1, concurrency: 4, stores: Number.POSITIVE_INFINITY },
  { name: 'pipelined, two CPU slots', slots: 2, concurrency: 5, stores: Number.POSITIVE_INFINITY },
] as const satisfies readonly Way[];

/** The more there is to compute, the less there is to hide. */
const made: Readonly<Record<string, readonly Variant[]>> = {
  'four JPEGs': presets.jpeg,
  'the default variants': variants,
};

export const batch: Suite<BatchData> = {
  summary: 'a batch of ten at 20 to 60 ms of S3 latency, pipelined or not; the death of a runaway decode',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder, isQuick ? 3 : undefined);
    const rounds = runs ?? (isQuick ? 2 : 7);
    const orders = Object.entries(made).flatMap(([name, preset]) =>
      ways.map((way) => ({ made: name, preset, way })),
    );
    steps.expect(orders.length * (rounds + 1) + 1);
    const workers = await Promise.all(
      orders.map(async (order) => ({
        ...order,
        ...(await startWorker(photos, order.way, order.preset)),
        samples: [] as number[],
      })),
    );
    try {
      for (let round = -1; round < rounds; round += 1) {
        for (const { handle, samples } of workers) {
          const milliseconds = await handle();
          if (round >= 0) samples.push(milliseconds);
          steps.done();
        }
      }
    } finally {
      await Promise.all(workers.map(({ close }) => close()));
    }
    const { dead, replaced } = await runawayDelays(await dusk({ width: 4000, height: 3000 }), rounds);
    steps.done();
    return {
      ...{ photos: describePhotos(photos, folder), rounds, batchSize, latencyMs },
      walls: workers.map(({ made: name, way, samples }) => ({ made: name, way: way.name, rounds: samples })),
      runaway: { dead: spreadOf(dead), replaced: spreadOf(replaced) },
    };
  },

  report: reportBatch,
};

/** The worker's own SQS boundary, task and engine; S3 is memory that takes its time, the table is left out. */
async function startWorker(
  photos: readonly Photo[],
  { slots, concurrency, stores }: Way,
  preset: readonly Variant[],
) {
  const engine = await createDeployedEngine({ concurrency: slots });
  const random = randomNumbers(1);
  const latency = () => sleep(latencyMs[0] + random() * (latencyMs[1] - latencyMs[0]));
  const limit = pLimit(stores);
  const originalOf = (key: string) => photos[Number(key) % photos.length]?.bytes ?? Buffer.alloc(0);
  const task = createRenditionsTask({
    originals: {
      async fetch({ key }) {
        await latency();
        return originalOf(key);
      },
    },
    uploads: { delete: latency, deleteUnissued: latency },
    renditions: { put: () => limit(latency), delete: latency },
    engine,
    variants: preset,
  });
  const handler = createSqsHandler({
    async process(event) {
      if (event.kind === 'created') await task.perform(event, () => {});
      return { kind: 'acknowledge' };
    },
    metrics: { measure() {}, publish() {} },
    queue: { delay: async () => {}, reject: async () => {}, deadLetter: async () => {} },
    task: 'renditions',
    logger: { ...console, info() {} },
    sources: readOriginalSources('originals'),
    ...{ concurrency, minimumMilliseconds: 0, maxReceiveCount: 5 },
    ...{ retryBackoffBaseSeconds: 0, visibilityTimeoutSeconds: 360 },
  });
  return {
    async handle(): Promise<number> {
      const start = performance.now();
      const { batchItemFailures } = await handler(batchOf(photos), lambdaContext);
      if (batchItemFailures.length > 0) throw new Error('a batch was not handled');
      return performance.now() - start;
    },
    close: () => engine.close(),
  };
}

const lambdaContext = { getRemainingTimeInMillis: () => 60_000 } as Context;

function batchOf(photos: readonly Photo[]): SQSEvent {
  return { Records: Array.from({ length: batchSize }, (_, index) => recordOf(index, photos)) };
}

function recordOf(index: number, photos: readonly Photo[]): SQSRecord {
  const size = photos[index % photos.length]?.bytes.length ?? 0;
  const object = { key: String(index), size, eTag: 'e', sequencer: `00${index}` };
  const s3 = { bucket: { name: 'originals' }, object };
  const body = JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] });
  const attributes = { ApproximateReceiveCount: '1' } as SQSRecord['attributes'];
  return {
    ...{ messageId: String(index), receiptHandle: String(index), body, attributes, messageAttributes: {} },
    ...{ md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: '' },
  };
}
