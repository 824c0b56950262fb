// How S3's notifications leave the outbox while something else fails.
import { afterEach, expect, it } from 'vitest';
import { type Dispatcher, startDispatcher } from '../../scripts/local/s3/notifications/dispatcher.ts';
import type { Outbox } from '../../scripts/local/s3/notifications/outbox.ts';
import { eventually } from './support/engines.ts';

const topicArn = 'arn:aws:sns:eu-central-1:000000000000:uploads';
let dispatcher: Dispatcher;

afterEach(() => dispatcher.close());

/** An outbox whose deletions fail so many times, as they do on a full disk. */
function failingOutbox(messages: string[], failures: number): Outbox {
  let pending = messages.map((message, id) => ({ id, topicArn, message }));
  let left = failures;
  return {
    add: () => undefined,
    topics: () => (pending.length > 0 ? [topicArn] : []),
    oldest: () => pending,
    deleteThrough: (_topic, lastId) => {
      left -= 1;
      if (left >= 0) throw new Error('database or disk is full');
      pending = pending.filter(({ id }) => id > lastId);
    },
  };
}

it('publishes nothing twice while it cannot note what was published, says so, and goes on', async () => {
  const outbox = failingOutbox(['one', 'two'], 3);
  const published: string[] = [];
  const warnings: string[] = [];

  dispatcher = startDispatcher(
    outbox,
    async (_topic, message) => void published.push(message),
    (line) => warnings.push(line),
  );

  await eventually(() => expect(outbox.topics()).toEqual([]));
  expect(published).toEqual(['one', 'two']);
  expect(warnings).toHaveLength(3);
  expect(warnings[0]).toContain('database or disk is full');
});
