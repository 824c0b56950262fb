// A batch in the worker: the next originals are fetched while one is developed, and no more than the bytes allowed.

import type { Context, SQSRecord } from 'aws-lambda';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { variants } from '../../shared/domain/variants.ts';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { createSqsHandler } from '../../shared/lambda/sqs.ts';
import { createRenditionsTask } from '../../shared/processing/renditions-task.ts';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

let engine: ImagingEngine;
let original: Buffer;

beforeAll(async () => {
  engine = createImagingEngine();
  original = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a7c66' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => engine.close());

/** Runs a batch of ten and notes, in order, what begins and ends. */
async function runBatch(options: { concurrency: number; maxHeldBytes?: number }) {
  const notes: string[] = [];
  const task = createRenditionsTask({
    originals: {
      async fetch({ key }) {
        notes.push(`fetch ${key}`);
        return original;
      },
    },
    renditions: {
      async put(key) {
        notes.push(`put ${key}`);
      },
      delete: async () => {},
    },
    engine,
    variants,
    ...options,
  });
  const handler = createSqsHandler({
    async process(event) {
      if (event.kind === 'created') await task.perform(event, () => {});
      return { kind: 'acknowledge' };
    },
    queue: { delay: async () => {}, deadLetter: async () => {} },
    metrics: { publish() {} },
    logger: console,
    minimumMilliseconds: 0,
    maxReceiveCount: 5,
    retryBackoffBaseSeconds: 0,
    visibilityTimeoutSeconds: 360,
    ...options,
  });
  const { batchItemFailures } = await handler({ Records: Array.from({ length: 10 }, recordOf) }, context);
  const fetchedBeforeFirstPut = notes.findIndex((note) => note.startsWith('put'));
  return { batchItemFailures, notes, fetchedBeforeFirstPut };
}

function recordOf(_: unknown, index: number): SQSRecord {
  const object = { key: String(index), size: 1_000_000, eTag: 'e', sequencer: `00${index}` };
  const s3 = { bucket: { name: 'originals' }, object };
  return {
    messageId: String(index),
    receiptHandle: String(index),
    body: JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3 }] }),
    attributes: { ApproximateReceiveCount: '1' } as SQSRecord['attributes'],
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: '',
    awsRegion: '',
  };
}

it('fetches the next originals while one is developed, up to its concurrency', async () => {
  const { batchItemFailures, notes, fetchedBeforeFirstPut } = await runBatch({ concurrency: 4 });

  expect(batchItemFailures).toEqual([]);
  expect(fetchedBeforeFirstPut).toBe(4);
  expect(notes.filter((note) => note.startsWith('fetch'))).toHaveLength(10);
});

it('fetches only as many as the bytes it may hold', async () => {
  const { batchItemFailures, fetchedBeforeFirstPut } = await runBatch({
    concurrency: 10,
    maxHeldBytes: 2_500_000,
  });

  expect(batchItemFailures).toEqual([]);
  expect(fetchedBeforeFirstPut).toBeLessThanOrEqual(3);
});
