// Deleted is deleted: an image that was uploaded and removed never comes back, in whatever order its events, their
// repetitions, a second use of its upload URL, redrives, backfills and the reconciler come.

import type { Message } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createdNotification,
  lowestSequencer,
  type RepublishedOriginal,
} from '../../shared/domain/events/s3-notification.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import { lambdaContext, sqsEvent } from '../support/events.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

const owner = 'own-1';
let pipeline: Pipeline;
let picture: Buffer;

beforeAll(async () => {
  picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#8a7c66' } })
    .png()
    .toBuffer();
  pipeline = await startPipeline();
});
afterAll(() => pipeline.stop());

it('deletes what was uploaded again and worked on before the removal was heard of', async () => {
  const imageId = uuidv7();
  await pipeline.putOriginal(imageId, Buffer.from('no picture'));
  await handleAll();
  await pipeline.removeOriginal(imageId);
  await pipeline.putOriginal(imageId, Buffer.from('the same upload URL, used once more'));
  const messages: Message[] = [];
  while (messages.length < 2) messages.push(...(await pipeline.receive(pipeline.queues.renditions)));

  const createdFirst = messages.toSorted((one) => (one.Body?.includes('ObjectCreated') ? -1 : 1));
  for (const message of createdFirst) {
    await pipeline.workers.renditions(sqsEvent([message]), lambdaContext());
  }

  expect(statusOf(await pipeline.record(imageId))).toBe('deleted');
  expect(await pipeline.stored(imageId)).toBeUndefined();
  await pipeline.settleBatch('renditions', messages, { batchItemFailures: [] });
  await handleAll();
  await pipeline.imageEvents();
});

/** What can happen to an image beside its upload and its removal; `handle` lets a worker take what has arrived. */
const steps = [
  'handle renditions',
  'handle metadata',
  'upload again',
  'redrive',
  'backfill',
  'reconcile',
] as const;
type Step = (typeof steps)[number];

const history = fc.record({
  by: fc.constantFrom('whoever removes its original', 'its owner'),
  isPicture: fc.boolean(),
  before: fc.array(fc.constantFrom<Step>('handle renditions', 'handle metadata'), { maxLength: 2 }),
  after: fc.array(fc.constantFrom(...steps), { maxLength: 8 }),
});

it('answers 204 as often as its owner asks, and 404 to anybody else', async () => {
  const imageId = await pipeline.issue(owner);

  await expect(pipeline.deleteImage(imageId, 'own-2')).rejects.toMatchObject({ code: 'image-not-found' });
  expect(await pipeline.deleteImage(imageId, owner)).toBe(204);
  expect(await pipeline.deleteImage(imageId, owner)).toBe(204);
  await expect(pipeline.deleteImage(imageId, 'own-2')).rejects.toMatchObject({ code: 'image-not-found' });
  expect((await pipeline.imageEvents()).map(({ type }) => type)).toEqual(['image.deleted']);
});

it('never comes back', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ by, isPicture, before, after }) => {
      let imageId = uuidv7();
      if (by === 'its owner') imageId = await pipeline.issue(owner);
      const noPicture = Buffer.from('no picture, which takes the workers no time');
      await pipeline.putOriginal(imageId, isPicture ? picture : noPicture);
      const upload = await pipeline.stored(imageId);
      for (const step of before) await take(step, imageId, upload);
      if (by === 'its owner') expect(await pipeline.deleteImage(imageId, owner)).toBe(204);
      else await pipeline.removeOriginal(imageId);
      for (const step of after) await take(step, imageId, upload);
      await handleAll();

      const record = await pipeline.record(imageId);
      expect(statusOf(record)).toBe('deleted');
      expect(await pipeline.stored(imageId)).toBeUndefined();
      expect(await pipeline.renditionObjects(imageId)).toEqual({});
      const told = (await pipeline.imageEvents()).filter((event) => event.imageId === imageId);
      expect(told.filter(({ type }) => type === 'image.deleted')).toHaveLength(1);
    }),
    { numRuns: 60, endOnFailure: true },
  );
});

async function take(step: Step, imageId: string, upload: RepublishedOriginal | undefined): Promise<void> {
  switch (step) {
    case 'handle renditions':
      return pipeline.handleWaiting('renditions');
    case 'handle metadata':
      return pipeline.handleWaiting('metadata');
    case 'upload again':
      return pipeline.putOriginal(imageId, Buffer.from('the same upload URL, used once more'));
    case 'redrive':
      return publish(upload, 'FF');
    case 'backfill':
      return publish(await pipeline.stored(imageId), lowestSequencer);
    case 'reconcile':
      return pipeline.reconcileAt(new Date(Date.now() + 3_600_000));
  }
}

/** A message of an upload, as it may have waited in a DLQ, or as a backfill writes it for what is in the bucket. */
async function publish(original: RepublishedOriginal | undefined, sequencer: string): Promise<void> {
  if (original) await pipeline.publishAgain(createdNotification(original, sequencer, new Date()));
}

async function handleAll(): Promise<void> {
  for (let idle = 0; idle < 2; idle += 1) {
    for (const task of tasks) {
      while (!(await pipeline.isEmpty(pipeline.queues[task]))) {
        await pipeline.handleWaiting(task);
        idle = 0;
      }
    }
  }
}
