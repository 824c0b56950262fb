// What is stored of one image, and what its tasks say of the original that is there now. Pure.

import type { Charge } from './charge.ts';
import type { TaskResults } from './task-table.ts';
import {
  rowOf,
  type Task,
  type TaskRecord,
  type TaskRecords,
  type TaskResult,
  taskAttribute,
  tasks,
} from './tasks.ts';

/** Whose those images are that nobody asked an upload URL for: no one who asks the API is called so. */
export const unowned = 'unowned';

/** The receive that removed an image: who is to finish the removal, should it be cut short. */
export interface Removal {
  readonly messageId: string;
  readonly receiveCount: number;
}

/** An owner's own removal, for good: no event of the original undoes it. */
export interface OwnersRemoval {
  readonly byOwner: true;
}

export interface ImageRecord extends TaskRecords, Partial<TaskResults> {
  readonly imageId: string;
  readonly ownerId: string;
  /** ISO 8601, UTC. Absent from tombstones. */
  readonly createdAt?: string;
  readonly updatedAt: string;
  readonly fileName?: string;
  /** Of an image that an upload URL was issued for. */
  readonly upload?: { readonly expiresAt: string; readonly requestId?: string };
  /** What it counts against its owner's quota; absent where nobody asked for a URL. */
  readonly charge?: Charge;
  /** The newest event that was taken into account, normalized. Absent until the original arrives. */
  readonly sequencer?: string;
  readonly original?: {
    readonly bucket: string;
    readonly key: string;
    readonly eTag: string;
    readonly bytes: number;
  };
  /** Keys of objects that this record listed before: to be deleted, should that have been cut short. */
  readonly superseded?: readonly string[];
  /** The upload URL ran out unused. */
  readonly expired?: true;
  /** A tombstone: the original was removed, and older events must not bring it back. */
  readonly removed?: Removal | OwnersRemoval;
  /** The ID of the last image event that is known to be published. */
  readonly announced?: string;
  /** When the retries of whoever claimed a task last must have ended. Milliseconds since the epoch. */
  readonly retriesEndAt?: number;
  /** Both present only while the image is not settled: from when on somebody should look at it. */
  readonly overdueShard?: string;
  readonly overdueAt?: string;
}

/** The task's record, if it belongs to the original that is there now. */
export function currentTask(record: ImageRecord, task: Task): TaskRecord | undefined {
  const taskRecord = record[taskAttribute(task)];
  return taskRecord?.sequencer === record.sequencer ? taskRecord : undefined;
}

/** Whether a worker has ended the task of the original that is there now, one way or the other. */
export function isTaskSettled(record: ImageRecord, task: Task): boolean {
  const state = currentTask(record, task)?.state;
  return state !== undefined && state !== 'running';
}

/** What done tasks have left of the original that is there now; nothing of tasks that are not done. */
export function resultsOf(record: ImageRecord): TaskResult {
  const done = tasks.filter((task) => currentTask(record, task)?.state === 'done');
  const names = done.flatMap((task) => rowOf(task).leaves);
  return Object.fromEntries(
    names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])),
  );
}

/** Keys of objects that the record lists, or listed before, and that are not among those to keep. */
export function keysToDelete(record: ImageRecord, kept: TaskResult['renditions'] = []): string[] {
  const keptKeys = new Set(kept.map(({ key }) => key));
  const listed = (record.renditions ?? []).map(({ key }) => key);
  return [...new Set([...listed, ...(record.superseded ?? [])])].filter((key) => !keptKeys.has(key));
}
