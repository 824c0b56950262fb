// Publishes what the outbox owes, in order within each topic, and retries for ever with growing pauses.
// Each topic has its own lane: one that cannot be reached holds up no other.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outbox, OwedMessage } from './outbox.ts';

const BATCH = 32;
const FIRST_PAUSE_MILLISECONDS = 50;
const LONGEST_PAUSE_MILLISECONDS = 5000;

export interface Dispatcher {
  /** Looks for owed messages; cheap to call after every write. */
  wake(): void;
  /** Stops after the publish under way; what is left stays in the outbox. */
  close(): Promise<void>;
}

export type Publish = (topicArn: string, message: string) => Promise<void>;

/** Starts to publish at once: what an earlier process left owed goes first. */
export function startDispatcher(outbox: Outbox, publish: Publish, warn: (text: string) => void): Dispatcher {
  const lanes = new Map<string, Promise<void>>();
  const stop = new AbortController();

  const persist = async (owed: OwedMessage): Promise<boolean> => {
    let pauseMilliseconds = FIRST_PAUSE_MILLISECONDS;
    while (!stop.signal.aborted) {
      try {
        await publish(owed.topicArn, owed.message);
        return true;
      } catch (error) {
        warn(`cannot publish to ${owed.topicArn}, retrying: ${String(error)}`);
      }
      await sleep(pauseMilliseconds, undefined, { signal: stop.signal }).catch(() => undefined);
      pauseMilliseconds = Math.min(pauseMilliseconds * 2, LONGEST_PAUSE_MILLISECONDS);
    }
    return false;
  };

  const publishBatch = async (topicArn: string, batch: readonly OwedMessage[]): Promise<void> => {
    let lastPublished: number | undefined;
    for (const owed of batch) {
      if (!(await persist(owed))) break;
      lastPublished = owed.id;
    }
    if (lastPublished !== undefined) outbox.settle(topicArn, lastPublished);
  };

  const runLane = async (topicArn: string): Promise<void> => {
    for (;;) {
      const batch = stop.signal.aborted ? [] : outbox.oldest(topicArn, BATCH);
      if (batch.length === 0) {
        // In the same turn as the look that found nothing: a message added later starts a new lane.
        lanes.delete(topicArn);
        return;
      }
      await publishBatch(topicArn, batch);
    }
  };

  const wake = (): void => {
    if (stop.signal.aborted) return;
    for (const topicArn of outbox.topics()) {
      if (!lanes.has(topicArn)) lanes.set(topicArn, Promise.resolve(topicArn).then(runLane));
    }
  };

  wake();
  return {
    wake,
    close: async () => {
      stop.abort();
      await Promise.allSettled(lanes.values());
    },
  };
}
