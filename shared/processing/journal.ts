// What one receive of one event comes to, noted while the work goes on: the line that the log has of it.

import type { FailureCode } from '../domain/errors.ts';

/** What became of an event at one receive. */
export type HandledAs =
  /** The task is settled so. */
  | 'done'
  | 'rejected'
  | 'failed'
  /** A later receive tries again. */
  | 'will retry'
  /** There is none, and the work ended without a result. */
  | 'retries are over'
  /** Another attempt claimed the unit while this one was at it, and settles it. */
  | 'claim lost'
  /** Another message of the same event has the work, or had it. */
  | 'duplicate'
  /** An earlier receive of this message may still be at it. */
  | 'held'
  /** An earlier receive of this message settled the task; what it did not live to do is done. */
  | 'settled before'
  /** The record knows a newer event. */
  | 'superseded'
  /** The image was deleted, or its upload came too late: what was stored again is deleted again. */
  | 'deleted before'
  /** The original is not there any more, or is another one. */
  | 'original gone'
  /** The original was removed: the image is deleted. */
  | 'deleted'
  /** The removal is another worker's to work on. */
  | 'not mine';

/** What takes time, in the order in which it comes. */
export type Step = 'claim' | 'fetch' | 'develop' | 'store' | 'settle' | 'announce';

export interface Handled {
  readonly outcome: HandledAs;
  readonly code?: FailureCode;
  /** Of the original, fetched. */
  readonly bytes?: number;
  /** Of the API request that issued the upload URL. */
  readonly uploadRequestId?: string;
  /** Milliseconds of each step. */
  readonly milliseconds: Readonly<Partial<Record<Step | 'total', number>>>;
}

/** Does the work, and notes how long it took under a step's name. */
export type Time = <Result>(step: Step, work: () => Promise<Result>) => Promise<Result>;

/** Notes nothing. */
export const untimed: Time = (_step, work) => work();

export interface Journal {
  readonly time: Time;
  note(what: Omit<Partial<Handled>, 'milliseconds'>): void;
  /** As it stands. What nothing was noted of will be tried again. */
  handled(): Handled;
}

/** @param now milliseconds on any clock that only goes forward */
export function createJournal(now: () => number = () => performance.now()): Journal {
  const begun = now();
  const milliseconds: Partial<Record<Step, number>> = {};
  let noted: Omit<Handled, 'milliseconds'> = { outcome: 'will retry' };
  return {
    async time(step, work) {
      const from = now();
      try {
        return await work();
      } finally {
        milliseconds[step] = Math.round((milliseconds[step] ?? 0) + now() - from);
      }
    },
    note(what) {
      noted = { ...noted, ...what };
    },
    handled: () => ({ ...noted, milliseconds: { ...milliseconds, total: Math.round(now() - begun) } }),
  };
}
