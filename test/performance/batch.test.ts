// A batch in the worker: the next originals are fetched while one is developed, and no more than the bytes allowed.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOriginalSources } from '../../shared/domain/original-sources.ts';
import { variants } from '../../shared/domain/variants.ts';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { createSqsHandler } from '../../shared/lambda/sqs.ts';
import { createRenditionsTask } from '../../shared/processing/renditions-task.ts';
import { lambdaContext, s3Notification, s3Record, sqsEvent, sqsMessage } from '../support/events.ts';
import { smallPhoto } from '../support/small-photo.ts';

let engine: ImagingEngine;
let original: Buffer;

beforeAll(async () => {
  engine = createImagingEngine();
  original = await smallPhoto(640, 480);
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
    uploads: { delete: async () => {}, deleteUnissued: async () => {} },
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
    queue: { delay: async () => {}, reject: async () => {}, deadLetter: async () => {} },
    metrics: { measure() {}, publish() {} },
    task: 'renditions',
    logger: { ...console, info() {} },
    sources: readOriginalSources('photos'),
    minimumMilliseconds: 0,
    maxReceiveCount: 5,
    retryBackoffBaseSeconds: 0,
    visibilityTimeoutSeconds: 360,
    ...options,
  });
  const { batchItemFailures } = await handler(batch, lambdaContext(60_000));
  const fetchedBeforeFirstPut = notes.findIndex((note) => note.startsWith('put'));
  return { batchItemFailures, notes, fetchedBeforeFirstPut };
}

const batch = sqsEvent(
  Array.from({ length: 10 }, (_, index) =>
    sqsMessage({
      messageId: String(index),
      body: s3Notification(s3Record({ key: String(index), size: 1_000_000 })),
    }),
  ),
);

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
