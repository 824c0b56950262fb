// What an image's record means to whoever looks at it: where its work stands, and what is to be done next. Pure.

import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { currentTask } from '../../shared/domain/image-record.ts';
import { failureOf, statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';

export interface Situation {
  /** One sentence. */
  readonly says: string;
  /** The command that helps; undefined where there is nothing to do, or only time helps. */
  readonly command?: string;
  /** What `retry` does about it. */
  readonly retry: 'redrive' | 'publish again' | 'nothing';
}

interface Known {
  /** Messages of the image that were put aside. */
  readonly putAside: number;
  /** The original lies where the record says, or where its upload URL leads. */
  readonly hasOriginal: boolean;
  /** As options of the command line: ` --stage prod`, or nothing. */
  readonly place: string;
}

export function situationOf(
  record: ImageRecord,
  { putAside, hasOriginal, place }: Known,
  now: Date,
): Situation {
  const status = statusOf(record);
  const failure = failureOf(record);
  const isOverdue = record.overdueAt !== undefined && Date.parse(record.overdueAt) < now.getTime();
  const reconcile = `npm run reconcile --${place}`;
  const retry = `npm run image -- retry ${record.imageId}${place} --yes`;
  if (isOverdue && status !== 'awaiting-upload')
    return {
      says: 'It is overdue: reconciling looks at it within five minutes, or now.',
      command: reconcile,
      retry: 'nothing',
    };
  if (status === 'awaiting-upload') {
    if (hasOriginal)
      return {
        says: 'Its original is in S3, but no event of it came. Reconciling publishes it once the URL has run out; a retry does now.',
        ...{ command: retry, retry: 'publish again' },
      };
    return {
      says: `Nothing was uploaded yet. Its URL is good until ${record.upload?.expiresAt}.`,
      retry: 'nothing',
    };
  }
  if (status === 'processing') return { says: processing(record, now), retry: 'nothing' };
  if (status === 'ready') return { says: 'It is ready. There is nothing to do.', retry: 'nothing' };
  if (status === 'expired')
    return { says: 'Nobody uploaded it in time. Its client asks for another URL.', retry: 'nothing' };
  if (status === 'deleted')
    return { says: 'It is deleted, for good. Nothing brings it back.', retry: 'nothing' };
  if (putAside > 0) {
    const says =
      status === 'rejected'
        ? `Its file is at fault (${failure?.code}). A redrive helps only where the code or a limit has changed since.`
        : `The system failed at it (${failure?.code}). Mend the cause, then redrive it.`;
    return {
      says,
      command: `npm run dlq -- redrive --image ${record.imageId}${place} --yes`,
      retry: 'redrive',
    };
  }
  if (!hasOriginal)
    return { says: 'Its original is gone, and so there is nothing to work on.', retry: 'nothing' };
  return {
    says: `It is ${status} (${failure?.code}), and no message of it is left.`,
    command: retry,
    retry: 'publish again',
  };
}

function processing(record: ImageRecord, now: Date): string {
  const running = tasks.flatMap((task) => {
    const current = currentTask(record, task);
    return current?.state === 'running' ? { task, ...current } : [];
  });
  const held = running.filter(({ leaseUntil }) => leaseUntil > now.getTime());
  const until =
    record.retriesEndAt === undefined
      ? ''
      : ` Retries end at ${new Date(record.retriesEndAt).toISOString()}.`;
  if (held.length > 0) {
    const who = held.map(
      ({ task, receiveCount, leaseUntil }) =>
        `${task} (receive ${receiveCount}, until ${new Date(leaseUntil).toISOString()})`,
    );
    return `It is being worked on: ${who.join(', ')}.${until}`;
  }
  const waiting = tasks.filter((task) => {
    const state = currentTask(record, task)?.state;
    return state === undefined || state === 'running';
  });
  return `Its message waits in the queue of ${waiting.join(' and ')}, or is between two receives.${until}`;
}
