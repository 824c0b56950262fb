// The SQS boundary, record by record: what the processor is told of each receive, and what never reaches it.

import { describe, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { lambdaContext, s3Notification, s3Record, sqsEvent, sqsMessage } from '../../support/events.ts';
import { createMemoryQueue } from '../../support/memory/messages.ts';
import { acknowledge, createBoundary, failed, now, stopClockAndChance } from '../support/sqs-boundary.ts';

const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');

stopClockAndChance();

describe('a record', () => {
  it('is acknowledged when its event is dealt with', async () => {
    const { handle, queue, logged, publications } = createBoundary();

    expect(await handle([{}])).toEqual(failed());

    expect(queue.delays).toEqual([]);
    expect(logged).toEqual([]);
    expect(publications()).toBe(1);
  });

  it('leaves one line, which says what the processor noted of its event', async () => {
    const { handle, handled } = createBoundary(async (_event, _delivery, journal) => {
      await journal?.time('claim', async () => {});
      journal?.note({ outcome: 'rejected', code: 'corrupt-image', bytes: 3, uploadRequestId: 'id-1' });
      return acknowledge;
    });

    await handle([{ messageId: 'one', receiveCount: 2 }]);

    expect(handled).toEqual([
      [
        'image handled',
        {
          ...{ task: 'renditions', messageId: 'one', attempt: 2, requestId: undefined },
          ...{ imageId: expect.stringMatching(/^obj-/), uploadRequestId: 'id-1' },
          ...{ outcome: 'rejected', code: 'corrupt-image', bytes: 3 },
          milliseconds: { claim: expect.any(Number), total: expect.any(Number) },
        },
      ],
    ]);
  });

  it('gives the processor its event, and everything that it must know of this receive', async () => {
    const { handle, processed } = createBoundary();

    await handle([{ messageId: 'one', receiveCount: 2 }], 45_000);

    const leaseUntil = now.getTime() + 45_000;
    expect(processed).toEqual([
      [
        expect.objectContaining({ kind: 'created', key: 'originals/1.jpg' }),
        {
          ...{ attemptId: expect.stringMatching(/^[\w-]{12}$/), messageId: 'one', receiveCount: 2 },
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
    const { handle, processed } = createBoundary();

    await handle([{ receiveCount }]);

    const delivery = processed[0]?.[1];
    expect(delivery?.isLastReceive).toBe(isLastReceive);
    expect((delivery?.retriesEndAt ?? 0) - (delivery?.leaseUntil ?? 0)).toBe(receivesLeft * 360_000);
  });

  it('was sent back by an operator when it says why it was in the DLQ', async () => {
    const { handler, processed } = createBoundary();
    const MessageAttributes = { failureCode: { DataType: 'String', StringValue: 'corrupt-image' } };

    await handler(sqsEvent([{ ...sqsMessage(), MessageAttributes }]), lambdaContext(60_000));

    expect(processed[0]?.[1].isRedriven).toBe(true);
  });

  it('gives every attempt a name of its own', async () => {
    const { handle, processed } = createBoundary();

    await handle([{ messageId: 'one' }, { messageId: 'two' }]);

    expect(new Set(processed.map(([, { attemptId }]) => attemptId)).size).toBe(2);
  });

  it('of several events has them all dealt with, one after the other, in their order', async () => {
    const order: string[] = [];
    const { handle } = createBoundary(async ({ key }) => {
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
      const { handle, queue, processed } = createBoundary(async ({ key }) =>
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
    const { handle, processed, queue } = createBoundary();

    expect(await handle([{ body: JSON.stringify({ Event: 's3:TestEvent' }) }])).toEqual(failed());

    expect(processed).toEqual([]);
    expect(queue.deadLetterMessages).toEqual([]);
  });
});

describe('a record that says nothing', () => {
  it('is put into the DLQ with its body, logged, and acknowledged', async () => {
    const { handle, queue, logged, processed } = createBoundary();

    expect(await handle([{ body: 'hello' }])).toEqual(failed());

    expect(queue.deadLetterMessages).toEqual([
      { body: 'hello', failureCode: 'malformed-message', failureMessage: 'not JSON' },
    ]);
    const error = expect.any(PermanentFailure);
    const line = { task: 'renditions', messageId: 'message', attempt: 1, requestId: undefined };
    expect(logged).toEqual([['error', 'malformed message', { ...line, error }]]);
    expect(processed).toEqual([]);
  });

  it.each([
    ['another bucket', { bucket: 'stranger', key: 'originals/1.jpg' }],
    ['another prefix of our bucket', { key: 'private/1.jpg' }],
    ['another prefix of a bucket that we take in', { bucket: 'other', key: 'originals/1.jpg' }],
  ])('because it is about %s goes the same way, whatever else is in it', async (_what, changes) => {
    const { handle, queue, processed } = createBoundary();
    const body = s3Notification(s3Record(), s3Record(changes));

    expect(await handle([{ body }])).toEqual(failed());

    expect(queue.deadLetterMessages).toEqual([
      { body, failureCode: 'malformed-message', failureMessage: expect.stringContaining('not worked on') },
    ]);
    expect(processed).toEqual([]);
  });

  it('is not one about a bucket that we take in', async () => {
    const { handle, processed } = createBoundary();

    await handle([{ body: s3Notification(s3Record({ bucket: 'other', key: '2026/1.jpg' })) }]);

    expect(processed.map(([{ bucket, key }]) => [bucket, key])).toEqual([['other', '2026/1.jpg']]);
  });

  it('comes again when it cannot be put there', async () => {
    const { handle, logged } = createBoundary(undefined, {
      queue: { ...createMemoryQueue(), deadLetter: () => Promise.reject(outage) },
    });

    expect(await handle([{ messageId: 'one', body: 'hello' }])).toEqual(failed('one'));

    expect(logged.at(-1)).toEqual([
      ...['warn', 'will retry'],
      {
        ...{ task: 'renditions', messageId: 'one', attempt: 1, requestId: undefined },
        ...{ afterSeconds: 5, reason: 'S3 GetObject: SlowDown' },
      },
    ]);
  });
});
