// Gives out sequencers: hexadecimal, rising over the whole store, of differing length as on AWS.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

const counterDigits = 16;
const maxSuffixBytes = 2;

export interface Sequencer {
  /** The next one; to be called within the transaction whose event it marks. */
  next(now: Date): string;
}

/** The sequencer of an open database: never repeats or falls back, even when the clock does. */
export function openSequencer(database: DatabaseSync): Sequencer {
  const last = database.prepare('SELECT last FROM sequencer WHERE id = 1');
  const store = database.prepare(
    'INSERT INTO sequencer (id, last) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET last = excluded.last',
  );
  return {
    next: (now) => {
      const counter = Math.max(Number(last.get()?.['last'] ?? 0) + 1, now.getTime() * 1000);
      store.run(counter);
      // The counter alone decides the order; what follows only makes lengths differ, as readers must expect.
      const suffix = randomBytes(counter % (maxSuffixBytes + 1)).toString('hex');
      return `${counter.toString(16).padStart(counterDigits, '0')}${suffix}`.toUpperCase();
    },
  };
}
