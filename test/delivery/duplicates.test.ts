// One event delivered many times, and a dependency that never answers: one effect, and an end.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import { lambdaContext, sqsEvent, sqsRecord } from '../support/events.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

let pipeline: Pipeline;
let photo: Uint8Array;

beforeAll(async () => {
  pipeline = await startPipeline();
  photo = await smallPhoto();
});
afterAll(() => pipeline.stop());

const newImageId = () => randomUUID().replace(/^(.{14})./, '$17');

describe('one event delivered ten times at once', () => {
  it.each([
    ['as ten messages', (messageId: string, copy: number) => `${messageId}-${copy}`],
    ['as ten receives of one message', (messageId: string) => messageId],
  ])(
    '%s: leaves one record, one object a rendition, one announcement, and is decoded once',
    async (_, nameOf) => {
      const imageId = newImageId();
      pipeline.engine.decodes = 0;
      await pipeline.putOriginal(imageId, photo);
      for (const task of tasks) {
        const [message] = await pipeline.receive(pipeline.queues[task]);
        if (!message) throw new Error('no message');
        const record = sqsRecord(message);
        const copies = Array.from({ length: 10 }, (_, copy) => ({
          ...record,
          messageId: nameOf(record.messageId, copy),
        }));
        await Promise.all(copies.map((copy) => pipeline.workers[task]({ Records: [copy] }, lambdaContext())));
        await pipeline.settleBatch(task, [message], { batchItemFailures: [] });
      }
      const record = await pipeline.record(imageId);
      const events = await pipeline.imageEvents();
      expect(statusOf(record)).toBe('ready');
      expect(pipeline.engine.decodes).toBe(1);
      expect(events.map(({ type, imageId: of }) => [type, of])).toEqual([['image.ready', imageId]]);
      const listed = (record.renditions ?? []).map(({ key }) => key.split('/').at(-1));
      expect(Object.keys(await pipeline.renditionObjects(imageId)).sort()).toEqual(listed.sort());
      expect(listed).toHaveLength(5);
    },
  );

  it('costs a settled image one refused write and one read, and no decode', async () => {
    const imageId = newImageId();
    await pipeline.putOriginal(imageId, photo);
    const [message] = await pipeline.receive(pipeline.queues.renditions);
    if (!message) throw new Error('no message');
    const record = sqsRecord(message);
    await pipeline.workers.renditions({ Records: [record] }, lambdaContext());
    pipeline.engine.decodes = 0;
    void pipeline.calls.start();
    await pipeline.workers.renditions({ Records: [{ ...record, messageId: randomUUID() }] }, lambdaContext());
    expect(pipeline.calls.names).toEqual(['UpdateItemCommand', 'GetItemCommand']);
    expect(pipeline.engine.decodes).toBe(0);
    await pipeline.settleBatch('renditions', [message], { batchItemFailures: [] });
    await pipeline.handleBatch('metadata');
    await pipeline.imageEvents();
  });
});

describe('an original that cannot be read, however often', () => {
  it('is received five times, then failed, announced once, and in the DLQ', async () => {
    const imageId = newImageId();
    await pipeline.putOriginal(imageId, photo);
    await pipeline.handleBatch('metadata');
    const outage = () =>
      Object.assign(new Error('slow down'), { name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    pipeline.calls.failEvery('GetObjectCommand', outage);
    const statuses: string[] = [];
    while (!(await pipeline.isEmpty(pipeline.queues.renditions))) {
      const { batchItemFailures } = await pipeline.handleBatch('renditions');
      expect(batchItemFailures).toHaveLength(1);
      statuses.push(statusOf(await pipeline.record(imageId)));
      if (statuses.length === 5) break;
    }
    void pipeline.calls.start();
    expect(statuses).toEqual(['processing', 'processing', 'processing', 'processing', 'failed']);
    const record = await pipeline.record(imageId);
    expect(record.renditionsTask?.failure?.code).toBe('dependency-unavailable');
    // SQS moves a message when it would be received once more.
    await pipeline.attemptReceive(pipeline.queues.renditions);
    const deadLetters = await pipeline.drain(pipeline.deadLetterQueues.renditions);
    expect(deadLetters).toHaveLength(1);
    const events = (await pipeline.imageEvents()).filter((event) => event.imageId === imageId);
    expect(events.map(({ type }) => type)).toEqual(['image.failed']);
  });
});

describe('one poison message in a batch of ten', () => {
  it('costs the other nine nothing', async () => {
    const imageIds = Array.from({ length: 9 }, newImageId);
    await Promise.all(imageIds.map((imageId) => pipeline.putOriginal(imageId, photo)));
    await pipeline.publishAgain('{"Records": "poison"}');
    const collected = [];
    while (collected.length < 10) collected.push(...(await pipeline.receive(pipeline.queues.renditions)));
    const response = await pipeline.workers.renditions(sqsEvent(collected), lambdaContext());
    expect(response.batchItemFailures).toEqual([]);
    const records = await Promise.all(imageIds.map((imageId) => pipeline.record(imageId)));
    expect(records.map(({ renditionsTask }) => renditionsTask?.state)).toEqual(Array(9).fill('done'));
    const [message, ...others] = await pipeline.drain(pipeline.deadLetterQueues.renditions);
    expect(others).toEqual([]);
    expect(message?.MessageAttributes?.['failureCode']?.StringValue).toBe('malformed-message');
    expect(message?.Body).toBe('{"Records": "poison"}');
  });
});

describe('a function whose time runs out', () => {
  it('begins nothing, and returns the records to the queue at once', async () => {
    const imageId = newImageId();
    await pipeline.putOriginal(imageId, photo);
    const messages = await pipeline.receive(pipeline.queues.renditions);
    void pipeline.calls.start();
    const { batchItemFailures } = await pipeline.workers.renditions(sqsEvent(messages), lambdaContext(1_000));
    expect(batchItemFailures).toHaveLength(messages.length);
    expect(new Set(pipeline.calls.names)).toEqual(new Set(['ChangeMessageVisibilityCommand']));
    expect(await pipeline.attemptReceive(pipeline.queues.renditions)).toHaveLength(messages.length);
  });
});
