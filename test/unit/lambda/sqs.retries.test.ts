// The SQS boundary: which records come again, and when.

import { describe, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { createMemoryQueue } from '../../support/memory/messages.ts';
import { createBoundary, failed, stopClockAndChance } from '../support/sqs-boundary.ts';

const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');
const internal = new TransientFailure('internal', 'out of range');

stopClockAndChance();

/** What the line says of an event whose processor noted nothing. */
const line = {
  ...{ task: 'renditions', messageId: 'one', attempt: 1, requestId: undefined },
  ...{ imageId: expect.stringMatching(/^obj-/), outcome: 'will retry' },
  milliseconds: { total: expect.any(Number) },
};

describe('a record that must come again', () => {
  it('does so when the processor says', async () => {
    const { handle, queue, logged } = createBoundary(async () => ({ kind: 'retry', afterSeconds: 42 }));

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(queue.delays).toEqual([{ receiptHandle: 'receipt of one', seconds: 42 }]);
    expect(logged).toEqual([
      ['warn', 'will retry', { ...line, afterSeconds: 42, reason: 'held by another attempt' }],
    ]);
  });

  it.each([
    [1, 5],
    [2, 20],
    [4, 320],
  ])('rests longer each time: after receive %i for at least %i s', async (receiveCount, seconds) => {
    const { handle, queue } = createBoundary(async () => ({ kind: 'retry', failure: outage }));

    await handle([{ receiveCount }]);

    expect(queue.delays.map((delay) => delay.seconds)).toEqual([seconds]);
  });

  it.each([
    ['a failure', { failure: outage }],
    ['another attempt', { afterSeconds: 42 }],
  ])(
    'is hidden no longer at the last receive, so that SQS moves it at once: because of %s',
    async (_what, why) => {
      const { handle, queue } = createBoundary(async () => ({ kind: 'retry', ...why }));

      expect(await handle([{ messageId: 'one', receiveCount: 5 }])).toEqual(failed('one'));

      expect(queue.delays.map(({ seconds }) => seconds)).toEqual([0]);
    },
  );

  it('is counted when it failed and a receive is left, and not when another attempt holds it', async () => {
    const failing = createBoundary(async () => ({ kind: 'retry', failure: outage }));
    const held = createBoundary(async () => ({ kind: 'retry', afterSeconds: 42 }));
    await failing.handle([{ receiveCount: 4 }, { receiveCount: 5 }]);
    await held.handle([{ receiveCount: 1 }]);

    expect(failing.measured).toEqual([['UnitsRetried', 1]]);
    expect(held.measured).toEqual([]);
  });

  it('is logged with the outage that it waits out', async () => {
    const { handle, logged } = createBoundary(async () => ({ kind: 'retry', failure: outage }));

    await handle([{ messageId: 'one' }]);

    expect(logged).toEqual([
      ['warn', 'will retry', { ...line, afterSeconds: 5, reason: 'S3 GetObject: SlowDown' }],
    ]);
  });

  it('is logged as an error where nobody knows why', async () => {
    const { handle, logged } = createBoundary(async () => ({ kind: 'retry', failure: internal }));

    await handle([{ messageId: 'one' }]);

    expect(logged).toEqual([
      ['error', 'unexpected failure, will retry', { ...line, afterSeconds: 5, error: internal }],
    ]);
  });

  it.each([
    ['a failure', outage, { reason: 'S3 GetObject: SlowDown' }],
    ['one that nobody foresaw', internal, { error: internal }],
    ['another attempt', undefined, { reason: 'held by another attempt' }],
  ])('is an error at the last receive, whatever it was: %s', async (_what, failure, why) => {
    const { handle, logged } = createBoundary(async () => ({ kind: 'retry', ...(failure && { failure }) }));

    await handle([{ messageId: 'one', receiveCount: 5 }]);

    expect(logged).toEqual([
      ['error', 'retries are over', { ...line, attempt: 5, outcome: 'retries are over', ...why }],
    ]);
  });

  it('is answered only once the queue has taken the delay', async () => {
    const delays: number[] = [];
    const { handle } = createBoundary(async () => ({ kind: 'retry', afterSeconds: 1 }), {
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
    const { handle, logged } = createBoundary(async () => ({ kind: 'retry', afterSeconds: 1 }), {
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
    const { handle, logged } = createBoundary(() => Promise.reject(thrown));

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(logged).toHaveLength(1);
    const [[level, , data] = []] = logged;
    expect(data).toMatchObject(line);
    if (code === 'internal') {
      expect(level).toBe('error');
      expect(data).toMatchObject({ error: { name: 'TransientFailure', code, message } });
    } else expect(data).toMatchObject({ reason: message });
  });

  it('is one whose sources cannot be told, which is no fault of the message', async () => {
    const unread = {
      get own(): never {
        throw new TypeError('no sources');
      },
    };
    const { handle, queue, logged } = createBoundary(undefined, { sources: unread as never });

    expect(await handle([{ messageId: 'one' }])).toEqual(failed('one'));

    expect(queue.deadLetterMessages).toEqual([]);
    const { imageId: _image, outcome: _outcome, milliseconds: _ms, ...withoutEvent } = line;
    expect(logged).toEqual([
      [
        'error',
        'unexpected failure, will retry',
        { ...withoutEvent, afterSeconds: 5, error: expect.objectContaining({ message: 'no sources' }) },
      ],
    ]);
  });

  it('keeps what a failure came from, for whoever reads the log', async () => {
    const thrown = new PermanentFailure('too-large', 'large');
    const { handle, logged } = createBoundary(() => Promise.reject(thrown));

    await handle([{}]);

    expect(logged[0]?.[2]).toMatchObject({ error: { cause: thrown } });
  });
});

describe('time', () => {
  it.each([
    [20_000, 1],
    [19_999, 0],
  ])('of %i ms left is enough to begin a record, or not: %i begun', async (remaining, begun) => {
    const { handle, processed, queue, logged } = createBoundary();

    const response = await handle([{ messageId: 'one' }], remaining);

    expect(processed).toHaveLength(begun);
    expect(response).toEqual(begun ? failed() : failed('one'));
    expect(queue.delays).toEqual(begun ? [] : [{ receiptHandle: 'receipt of one', seconds: 0 }]);
    expect(logged).toMatchObject(
      begun ? [] : [['warn', 'will retry', { reason: 'too little time was left to begin it' }]],
    );
  });
});
