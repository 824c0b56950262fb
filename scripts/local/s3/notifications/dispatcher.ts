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

  /** Repeats until it succeeds. @returns false when everything ends before */
  const untilDone = async (what: string, act: () => Promise<void> | void): Promise<boolean> => {
    let pauseMs = firstPauseMs;
    while (!stop.signal.aborted) {
      try {
        await act();
        return true;
      } catch (error) {
        warn(`cannot ${what}, retrying: ${String(error)}`);
      }
      await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    return false;
  };

  const publishBatch = async (topicArn: string, batch: readonly PendingMessage[]): Promise<void> => {
    let lastPublished: number | undefined;
    for (const { id, message } of batch) {
      if (!(await untilDone(`publish to ${topicArn}`, () => publish(topicArn, message)))) break;
      lastPublished = id;
    }
    if (lastPublished === undefined) return;
    const through = lastPublished;
    // What cannot be deleted, as on a full disk, is not published over and over meanwhile.
    await untilDone('note what was published', () => outbox.deleteThrough(topicArn, through));
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
