// Originals that each take all the time they may have: one after another they still end before the function does, and
// what could not begin any more is not blamed.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { imageIdOf } from '../../shared/domain/object-keys.ts';
import { readOriginalSources } from '../../shared/domain/original-sources.ts';
import { statusOf } from '../../shared/domain/status.ts';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';
import { createSqsHandler } from '../../shared/lambda/sqs.ts';
import { createProcessor } from '../../shared/processing/process-event.ts';
import { createRenditionsTask } from '../../shared/processing/renditions-task.ts';
import { s3Notification, s3Record, sqsEvent, sqsMessage } from '../support/events.ts';
import { createMemoryImages } from '../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../support/memory/messages.ts';
import { createMemoryLedger } from '../support/memory/owner-ledger.ts';
import { createMemoryRenditions } from '../support/memory/stores.ts';
import { script } from './malicious/actions.ts';
import { whole } from './samples.ts';

const deadlineMs = 300;
const batchSize = 5;
const originals = Array.from({ length: batchSize }, (_, index) => `originals/${index}`);
const bucket = 'photos';
const endless = script({ do: 'spin' });

let engine: ImagingEngine;
let images: ReturnType<typeof createMemoryImages>;
let queue: ReturnType<typeof createMemoryQueue>;

beforeEach(() => {
  engine = createImagingEngine({ childEntry: new URL('./malicious/child.ts', import.meta.url), deadlineMs });
  images = createMemoryImages();
  queue = createMemoryQueue();
});
afterEach(() => engine.close());

/** A batch of originals that no imaging process ever ends, worked on by a function of so much time. */
async function handleBatch(functionMs: number, receiveCount = 1) {
  const { table } = images;
  const definition = createRenditionsTask({
    originals: { fetch: async () => endless },
    uploads: { delete: async () => {}, deleteUnissued: async () => {} },
    renditions: createMemoryRenditions(),
    engine,
    variants: whole(16),
  });
  const handler = createSqsHandler({
    process: createProcessor({
      ...{ definition, table, queue, ledger: createMemoryLedger() },
      imageEvents: createMemoryImageEvents(),
    }),
    queue,
    sources: readOriginalSources(bucket),
    metrics: { measure() {}, publish() {} },
    task: 'metadata',
    logger: { error() {}, info() {}, warn() {} },
    ...{ concurrency: 4, minimumMilliseconds: 0, maxReceiveCount: 5 },
    ...{ retryBackoffBaseSeconds: 0, visibilityTimeoutSeconds: 600 },
  });
  const messages = originals.map((key) =>
    sqsMessage({ messageId: key, body: s3Notification(s3Record({ bucket, key })), receiveCount }),
  );
  const endsAt = Date.now() + functionMs;
  const context = { getRemainingTimeInMillis: () => endsAt - Date.now() } as Parameters<typeof handler>[1];
  const { batchItemFailures } = await handler(sqsEvent(messages), context);
  const records = await Promise.all(originals.map((key) => table.get(imageIdOf(bucket, key, 'own'))));
  return {
    returned: batchItemFailures.length,
    statuses: records.map((record) => record && statusOf(record)),
    codes: queue.rejectedMessages.map(({ failureCode }) => failureCode),
  };
}

it('ends each of them within the same receive, where there is time for all', async () => {
  const { returned, statuses, codes } = await handleBatch(60_000);

  expect(returned).toBe(0);
  expect(statuses).toEqual(Array(batchSize).fill('rejected'));
  expect(codes).toEqual(Array(batchSize).fill('too-expensive'));
});

it('gives back what could not begin, and blames none of it', async () => {
  const { returned, statuses, codes } = await handleBatch(1_000);

  expect(returned).toBe(batchSize);
  expect(statuses).toEqual(Array(batchSize).fill('processing'));
  expect(codes).toEqual([]);
});

it('says that the system failed where that was the last receive', async () => {
  const { returned, statuses } = await handleBatch(1_000, 5);

  expect(returned).toBe(batchSize);
  expect(statuses).toEqual(Array(batchSize).fill('failed'));
  expect(queue.delays.map(({ seconds }) => seconds)).toEqual(Array(batchSize).fill(0));
});
