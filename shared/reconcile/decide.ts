// What an overdue image needs, told from its record alone. Pure.

import { isAnnounced } from '../domain/events/image-event.ts';
import { type ImageRecord, isTaskSettled } from '../domain/image-record.ts';
import { statusOf } from '../domain/status.ts';
import { type Task, tasks } from '../domain/tasks.ts';

export type Finding =
  /** It moved on since the index was read: nothing to do. */
  | { readonly kind: 'not-due' }
  /** The upload URL ran out: either nothing was uploaded, or the event of the upload never came. */
  | { readonly kind: 'upload-overdue' }
  /** Expired by somebody who did not live to have its quota given back. */
  | { readonly kind: 'unreleased' }
  /** Whoever works on it may still try again. */
  | { readonly kind: 'retrying'; readonly until: Date }
  /** All retries must have ended, and these tasks are not settled. */
  | { readonly kind: 'work-overdue'; readonly unsettled: readonly Task[] }
  /** Settled by somebody who did not live to tell. */
  | { readonly kind: 'unannounced' }
  /** Removed by somebody who did not live to clear up, or while something could still be stored for it. */
  | { readonly kind: 'uncleared' }
  /** Settled as it had been announced before: only the index still lists it. */
  | { readonly kind: 'settled' };

/** Judges one record, as read consistently at `now`. */
export function decide(record: ImageRecord | undefined, now: Date): Finding {
  if (record?.overdueAt === undefined || record.overdueAt > now.toISOString()) return { kind: 'not-due' };
  switch (statusOf(record)) {
    case 'awaiting-upload':
      return { kind: 'upload-overdue' };
    case 'processing':
      if (record.retriesEndAt !== undefined && record.retriesEndAt > now.getTime())
        return { kind: 'retrying', until: new Date(record.retriesEndAt) };
      return { kind: 'work-overdue', unsettled: tasks.filter((task) => !isTaskSettled(record, task)) };
    case 'deleted':
      return { kind: 'uncleared' };
    case 'ready':
    case 'rejected':
    case 'failed':
      return isAnnounced(record) ? { kind: 'settled' } : { kind: 'unannounced' };
    case 'expired':
      return { kind: 'unreleased' };
  }
}
