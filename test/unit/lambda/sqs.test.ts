// The SQS boundary: which records come again, when, and what the processor is told of each receive.

import type { SQSBatchResponse } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { readOriginalSources } from '../../../shared/domain/original-sources.ts';
import { createSqsHandler, type SqsBoundaryDependencies } from '../../../shared/lambda/sqs.ts';
import type { Delivery, Disposition } from '../../../shared/processing/process-event.ts';
import { lambdaContext, s3Notification, s3Record, sqsEvent, sqsMessage } from '../../support/events.ts';
import { createMemoryQueue } from '../../support/memory/messages.ts';

const now = new Date('2026-11-02T09:00:00.000Z');
const acknowledge: Disposition = { kind: 'acknowledge' };
const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function createWorld(
  process: (event: OriginalEvent, delivery: Delivery) => Promise<Disposition> = async () => acknowledge,
  changes: Partial<SqsBoundaryDependencies> = {},
) {
  const queue = createMemoryQueue();
  const logged: [string, string, unknown][] = [];
  const log = (level: string) => (message: unknown, data: unknown) => {
    logged.push([level, String(message), data]);
  };
  const processed: [OriginalEvent, Delivery][] = [];
  let published = 0;
  const handler = createSqsHandler({
    async process(event, delivery) {
      processed.push([event, delivery]);
      return process(event, delivery);
    },
    queue,
    metrics: {
      publish() {
        published += 1;
      },
    },
    logger: { error: log('error'), warn: log('warn') } as SqsBoundaryDependencies['logger'],
    ...{ concurrency: 10, minimumMilliseconds: 20_000, maxReceiveCount: 5, retryBackoffBaseSeconds: 10 },
    ...{ visibilityTimeoutSeconds: 360, sources: readOriginalSources('photos/originals/,other/2026/') },
    ...changes,
  });
  const handle = (
    messages: readonly Parameters<typeof sqsMessage>[0][],
    remainingMilliseconds = 60_000,
  ): Promise<SQSBatchResponse> =>
    handler(sqsEvent(messages.map((message) => sqsMessage(message))), lambdaContext(remainingMilliseconds));
  return { handle, handler, queue, logged, processed, publications: () => published };
}

const failed = (...names: readonly string[]) => ({
  batchItemFailures: names.map((itemIdentifier) => ({ itemIdentifier })),
});

describe('a record', () => {
  it('is acknowledged when its event is dealt with', async () => {
    const { handle, queue, logged, publications } = createWorld();

    expect(await handle([{}])).toEqual(failed());

    expect(queue.delays).toEqual([]);
    expect(logged).toEqual([]);
    expect(publications()).toBe(1);
  });

  it('gives the processor its event, and everything that it must know of this receive', async () => {
    const { handle, processed } = createWorld();

    await handle([{ messageId: 'one', receiveCount: 2 }], 45_000);

    const leaseUntil = now.getTime() + 45_000;
    expect(processed).toEqual([
      [
        expect.objectContaining({ kind: 'created', key: 'originals/1.jpg' }),
        {
          ...{ attemptId: expect.stringMatching(/^[0-9a-f-]{36}$/), messageId: 'one', receiveCount: 2 },
          ...{ leaseUntil, retriesEndAt: leaseUntil + 4 * 360_000, isRedriven: false },
          ...{ body: s3Notification(s3Record()), isLastReceive: false },
        },
      ],
    ]);
  });

  it.each([
    [1, false, 5],
    [4, false, 2],
    [5, true, 1],
    [6, true, 0],
  ])('at receive %i of five is the last one: %s', async (receiveCount, isLastReceive, receivesLeft) => {
    const { handle, processed } = createWorld();

    await handle([{ receiveCount }]);

    const delivery = processed[0]?.[1];
    expect(delivery?.isLastReceive).toBe(isLastReceive);
    expect((delivery?.retriesEndAt ?? 0) - (delivery?.leaseUntil ?? 0)).toBe(receivesLeft * 360_000);
  });

  it('was sent back by an operator when it says why it was in the DLQ', async () => {
    const { handler, processed } = createWorld();
    const MessageAttributes = { failureCode: { DataType: 'String', StringValue: 'corrupt-image' } };

    await handler(sqsEvent([{ ...sqsMessage(), MessageAttributes }]), lambdaContext(60_000));

    expect(processed[0]?.[1].isRedriven).toBe(true);
  });

  it('gives every attempt a name of its own', async () => {
    const { handle, processed } = createWorld();

    await handle([{ messageId: 'one' }, { messageId: 'two' }]);

    expect(new Set(processed.map(([, { attemptId }]) => attemptId)).size).toBe(2);
  });

  it('of several events has them all dealt with, one after the other, in their order', async () => {
    const order: string[] = [];
    const { handle } = createWorld(async ({ key }) => {
      order.push(`begin ${key}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`end ${key}`);
      return acknowledge;
    });

    await handle([
      { body: s3Notification(s3Record({ key: 'originals/a' }), s3Record({ key: 'originals/b' })) },
    ]);

    expect(order).toEqual(['begin originals/a', 'end originals/a', 'begin originals/b', 'end originals/b']);
  });

  it.each(['originals/a', 'originals/b'])(
    'of several events comes again when any of them must, as %s must, the others dealt with all the same',
    async (must) => {
      const { handle, queue, processed } = createWorld(async ({ key }) =>
        key === must ? { kind: 'retry', afterSeconds: 7 } : acknowledge,
      );
      const records = ['originals/a', 'originals/b'].map((key) => s3Record({ key }));

      const response = await handle([{ messageId: 'one', body: s3Notification(...records) }]);

      expect(response).toEqual(failed('one'));
      expect(processed).toHaveLength(2);
      expect(queue.delays).toEqual([{ receiptHandle: 'receipt of one', seconds: 7 }]);
    },
  );

  it('is acknowledged when it is only S3’s test', async () => {
    const { handle, processed, queue } = createWorld();

    expect(await handle([{ body: JSON.stringify({ Event: 's3:TestEvent' }) }])).toEqual(failed());

    expect(processed).toEqual([]);
    expect(queue.deadLetterMessages).toEqual([]);
  });
});

describe('a record that must come again', () => {
  it('does so when the processor says', async () => {
    const { handle, queue, logged } = createWorld(async () => ({ kind: 'retry', afterSeconds: 42 }));

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(queue.delays).toEqual([{ receiptHandle: 'receipt of one', seconds: 42 }]);
    expect(logged).toEqual([
      ['warn', 'will retry', { messageId: 'one', afterSeconds: 42, reason: 'held by another attempt' }],
    ]);
  });

  it.each([
    [1, 5],
    [2, 20],
    [4, 320],
  ])('rests longer each time: after receive %i for at least %i s', async (receiveCount, seconds) => {
    const { handle, queue } = createWorld(async () => ({ kind: 'retry', failure: outage }));

    await handle([{ receiveCount }]);

    expect(queue.delays.map((delay) => delay.seconds)).toEqual([seconds]);
  });

  it.each([
    ['a failure', { failure: outage }],
    ['another attempt', { afterSeconds: 42 }],
  ])(
    'is hidden no longer at the last receive, so that SQS moves it at once: because of %s',
    async (_what, why) => {
      const { handle, queue } = createWorld(async () => ({ kind: 'retry', ...why }));

      expect(await handle([{ messageId: 'one', receiveCount: 5 }])).toEqual(failed('one'));

      expect(queue.delays.map(({ seconds }) => seconds)).toEqual([0]);
    },
  );

  it('is logged with the outage that it waits out', async () => {
    const { handle, logged } = createWorld(async () => ({ kind: 'retry', failure: outage }));

    await handle([{ messageId: 'one' }]);

    expect(logged).toEqual([
      ['warn', 'will retry', { messageId: 'one', afterSeconds: 5, reason: 'S3 GetObject: SlowDown' }],
    ]);
  });

  it('is logged as an error where nobody knows why', async () => {
    const failure = new TransientFailure('internal', 'out of range');
    const { handle, logged } = createWorld(async () => ({ kind: 'retry', failure }));

    await handle([{ messageId: 'one' }]);

    expect(logged).toEqual([
      ['error', 'unexpected failure, will retry', { messageId: 'one', afterSeconds: 5, error: failure }],
    ]);
  });

  it('is answered only once the queue has taken the delay', async () => {
    const delays: number[] = [];
    const { handle } = createWorld(async () => ({ kind: 'retry', afterSeconds: 1 }), {
      queue: {
        ...createMemoryQueue(),
        async delay(_receipt, seconds) {
          for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          delays.push(seconds);
        },
      },
    });

    await handle([{}]);

    expect(delays).toEqual([1]);
  });

  it('comes again though the queue does not take the delay: when its visibility timeout ends', async () => {
    const error = new Error('SQS is away');
    const { handle, logged } = createWorld(async () => ({ kind: 'retry', afterSeconds: 1 }), {
      queue: { ...createMemoryQueue(), delay: () => Promise.reject(error) },
    });

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(logged).toContainEqual(['warn', 'visibility not changed', { error }]);
  });

  it.each([
    ['a transient failure', outage, 'dependency-unavailable', 'S3 GetObject: SlowDown'],
    ['an error that nobody classified', new RangeError('out of range'), 'internal', 'out of range'],
    ['a failure that no retry can mend', new PermanentFailure('too-large', 'large'), 'internal', 'large'],
  ])('is one whose processor throws %s', async (_what, thrown, code, message) => {
    const { handle, logged } = createWorld(() => Promise.reject(thrown));

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(logged).toHaveLength(1);
    const [[level, , data] = []] = logged;
    if (code === 'internal') {
      expect(level).toBe('error');
      expect(data).toMatchObject({ error: { name: 'TransientFailure', code, message } });
    } else expect(data).toMatchObject({ reason: message });
  });

  it('keeps what a failure came from, for whoever reads the log', async () => {
    const thrown = new PermanentFailure('too-large', 'large');
    const { handle, logged } = createWorld(() => Promise.reject(thrown));

    await handle([{}]);

    expect(logged[0]?.[2]).toMatchObject({ error: { cause: thrown } });
  });
});

describe('a record that says nothing', () => {
  it('is put into the DLQ with its body, logged, and acknowledged', async () => {
    const { handle, queue, logged, processed } = createWorld();

    expect(await handle([{ body: 'hello' }])).toEqual(failed());

    expect(queue.deadLetterMessages).toEqual([
      { body: 'hello', failureCode: 'malformed-message', failureMessage: 'not JSON' },
    ]);
    expect(logged).toEqual([['error', 'malformed message', expect.any(PermanentFailure)]]);
    expect(processed).toEqual([]);
  });

  it.each([
    ['another bucket', { bucket: 'stranger', key: 'originals/1.jpg' }],
    ['another prefix of our bucket', { key: 'private/1.jpg' }],
    ['another prefix of a bucket that we take in', { bucket: 'other', key: 'originals/1.jpg' }],
  ])('because it is about %s goes the same way, whatever else is in it', async (_what, changes) => {
    const { handle, queue, processed } = createWorld();
    const body = s3Notification(s3Record(), s3Record(changes));

    expect(await handle([{ body }])).toEqual(failed());

    expect(queue.deadLetterMessages).toEqual([
      { body, failureCode: 'malformed-message', failureMessage: expect.stringContaining('not worked on') },
    ]);
    expect(processed).toEqual([]);
  });

  it('is not one about a bucket that we take in', async () => {
    const { handle, processed } = createWorld();

    await handle([{ body: s3Notification(s3Record({ bucket: 'other', key: '2026/1.jpg' })) }]);

    expect(processed.map(([{ bucket, key }]) => [bucket, key])).toEqual([['other', '2026/1.jpg']]);
  });

  it('comes again when it cannot be put there', async () => {
    const { handle, logged } = createWorld(undefined, {
      queue: { ...createMemoryQueue(), deadLetter: () => Promise.reject(outage) },
    });

    expect(await handle([{ messageId: 'one', body: 'hello' }])).toEqual(failed('one'));

    expect(logged.at(-1)).toEqual([
      ...['warn', 'will retry'],
      { messageId: 'one', afterSeconds: 5, reason: 'S3 GetObject: SlowDown' },
    ]);
  });
});

describe('time', () => {
  it.each([
    [20_000, 1],
    [19_999, 0],
  ])('of %i ms left is enough to begin a record, or not: %i begun', async (remaining, begun) => {
    const { handle, processed, queue } = createWorld();

    const response = await handle([{ messageId: 'one' }], remaining);

    expect(processed).toHaveLength(begun);
    expect(response).toEqual(begun ? failed() : failed('one'));
    expect(queue.delays).toEqual(begun ? [] : [{ receiptHandle: 'receipt of one', seconds: 0 }]);
  });
});

describe('a batch', () => {
  const ten = Array.from({ length: 10 }, (_, index) => ({ messageId: `message-${index}` }));

  it('loses no record to another one that fails', async () => {
    const { handle, publications } = createWorld(async (_event, { messageId }) =>
      messageId === 'message-3' ? Promise.reject(outage) : acknowledge,
    );

    expect(await handle(ten)).toEqual(failed('message-3'));
    expect(publications()).toBe(1);
  });

  it('is answered record by record though all of them fail', async () => {
    const { handle, publications } = createWorld(() => Promise.reject(outage));

    expect(await handle(ten)).toEqual(failed(...ten.map(({ messageId }) => messageId)));
    expect(publications()).toBe(1);
  });

  it('is worked on so many records at a time', async () => {
    let [running, most] = [0, 0];
    const process = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return acknowledge;
    };
    const { handle } = createWorld(process, { concurrency: 3 });

    await handle(ten);

    expect(most).toBe(3);
  });
});
