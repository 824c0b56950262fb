// The SQS boundary: one record of a batch costs the others nothing.

import { describe, expect, it } from 'vitest';
import { TransientFailure } from '../../../shared/domain/errors.ts';
import { acknowledge, createBoundary, failed, stopClockAndChance } from '../support/sqs-boundary.ts';

const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');

stopClockAndChance();

describe('a batch', () => {
  const ten = Array.from({ length: 10 }, (_, index) => ({ messageId: `message-${index}` }));

  it('loses no record to another one that fails', async () => {
    const { handle, publications } = createBoundary(async (_event, { messageId }) =>
      messageId === 'message-3' ? Promise.reject(outage) : acknowledge,
    );

    expect(await handle(ten)).toEqual(failed('message-3'));
    expect(publications()).toBe(1);
  });

  it('is answered record by record though all of them fail', async () => {
    const { handle, publications } = createBoundary(() => Promise.reject(outage));

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
    const { handle } = createBoundary(process, { concurrency: 3 });

    await handle(ten);

    expect(most).toBe(3);
  });
});
