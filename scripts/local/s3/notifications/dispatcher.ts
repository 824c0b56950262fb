// Publishes what is in the outbox, in order within each topic, and retries for ever with growing pauses.
// Topics do not wait for each other: one that cannot be reached holds up no other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outbox, PendingMessage } from './outbox.ts';

const batchSize = 32;
const firstPauseMs = 50;
const longestPauseMs = 5000;

export interface Dispatcher {
  /** Looks for pending messages; cheap to call after every write. */
  wake(): void;
  /** Stops after the publish under way; what is left stays in the outbox. */
  close(): Promise<void>;
}

export type Publish = (topicArn: string, message: string) => Promise<void>;

/** Starts to publish at once: what an earlier process left behind goes first. */
export function startDispatcher(outbox: Outbox, publish: Publish, warn: (text: string) => void): Dispatcher {
  const publishing = new Map<string, Promise<void>>();
  const stop = new AbortController();

  const publishAtLast = async (pending: PendingMessage): Promise<boolean> => {
    let pauseMs = firstPauseMs;
    while (!stop.signal.aborted) {
      try {
        await publish(pending.topicArn, pending.message);
        return true;
      } catch (error) {
        warn(`cannot publish to ${pending.topicArn}, retrying: ${String(error)}`);
      }
      await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    return false;
  };

  const publishBatch = async (topicArn: string, batch: readonly PendingMessage[]): Promise<void> => {
    let lastPublished: number | undefined;
    for (const pending of batch) {
      if (!(await publishAtLast(pending))) break;
      lastPublished = pending.id;
    }
    if (lastPublished !== undefined) outbox.deleteThrough(topicArn, lastPublished);
  };

  const publishAll = async (topicArn: string): Promise<void> => {
    for (;;) {
      const batch = stop.signal.aborted ? [] : outbox.oldest(topicArn, batchSize);
      if (batch.length === 0) {
        // In the same turn as the look that found nothing: a message added later begins anew.
        publishing.delete(topicArn);
        return;
      }
      await publishBatch(topicArn, batch);
    }
  };

  const wake = (): void => {
    if (stop.signal.aborted) return;
    for (const topicArn of outbox.topics()) {
      if (!publishing.has(topicArn)) publishing.set(topicArn, Promise.resolve(topicArn).then(publishAll));
    }
  };

  wake();
  return {
    wake,
    close: async () => {
      stop.abort();
      await Promise.allSettled(publishing.values());
    },
  };
}
