// The image record and its status: what is stored of one image, and what that means. Pure.

import type { FailureCode } from './errors.ts';
import type { ImageMetadata, Placeholder } from './metadata.ts';
import type { OutputFormat } from './variants.ts';

/** What each worker owes an image. */
export const tasks = ['renditions', 'metadata'] as const;
export type Task = (typeof tasks)[number];

export const statuses = [
  'awaiting-upload',
  'processing',
  'ready',
  'rejected',
  'failed',
  'expired',
  'deleted',
] as const;
export type Status = (typeof statuses)[number];

export interface TaskFailure {
  readonly code: FailureCode;
  readonly message: string;
}

/** Whose images are while nobody has to say who they are, and whose those are that nobody asked an upload URL for. */
export const localOwner = 'local';

/** How far a worker has come with one unit of work: one task, of one sequencer, at one revision. */
export interface TaskRecord {
  readonly state: 'running' | 'done' | 'rejected' | 'failed';
  readonly sequencer: string;
  /** What the task does, hashed: a changed preset is new work. */
  readonly revision: string;
  /** The attempt that holds or has settled the task: while it runs, nobody else decodes until `leaseUntil`. */
  readonly attemptId: string;
  readonly messageId: string;
  readonly receiveCount: number;
  /** Milliseconds since the epoch. */
  readonly leaseUntil: number;
  readonly failure?: TaskFailure;
}

export interface StoredRendition {
  readonly variant: string;
  readonly format: OutputFormat;
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** More than 1 for an animation that stays one. */
  readonly frames: number;
  readonly bytes: number;
  readonly key: string;
}

/** The receive that removed an image: who is to finish the removal, should it be cut short. */
export interface Removal {
  readonly messageId: string;
  readonly receiveCount: number;
}

export interface ImageRecord {
  readonly imageId: string;
  readonly ownerId: string;
  /** ISO 8601, UTC. Absent from tombstones. */
  readonly createdAt?: string;
  readonly updatedAt: string;
  readonly fileName?: string;
  /** What was promised when the URL was issued. */
  readonly upload?: {
    readonly contentType: string;
    readonly contentLength: number;
    readonly expiresAt: string;
  };
  /** The newest event that was taken into account, normalized. Absent until the original arrives. */
  readonly sequencer?: string;
  readonly original?: {
    readonly bucket: string;
    readonly key: string;
    readonly eTag: string;
    readonly bytes: number;
  };
  readonly renditionsTask?: TaskRecord;
  readonly metadataTask?: TaskRecord;
  readonly renditions?: readonly StoredRendition[];
  /** Keys of objects that this record listed before: to be deleted, should that have been cut short. */
  readonly superseded?: readonly string[];
  readonly placeholder?: Placeholder;
  readonly perceptualHash?: string;
  /** Of the original's bytes, in hex. */
  readonly sha256?: string;
  readonly metadata?: ImageMetadata;
  /** The upload URL ran out unused. */
  readonly expired?: true;
  /** A tombstone: the original was removed, and older events must not bring it back. */
  readonly removed?: Removal;
  /** The ID of the last image event that is known to be published. */
  readonly announced?: string;
  /** Both present only while the image is not settled: by when somebody should look at it. */
  readonly overdueShard?: string;
  readonly overdueAt?: string;
}

/** The task's record, if it belongs to the original that is there now. */
export function currentTask(record: ImageRecord, task: Task): TaskRecord | undefined {
  const taskRecord = record[`${task}Task`];
  return taskRecord?.sequencer === record.sequencer ? taskRecord : undefined;
}

/** An image's status is a function of its tasks, so that no stored status can contradict them. */
export function statusOf(record: ImageRecord): Status {
  if (record.removed) return 'deleted';
  if (record.sequencer === undefined) return record.expired ? 'expired' : 'awaiting-upload';
  const states = tasks.map((task) => currentTask(record, task)?.state);
  if (states.includes('rejected')) return 'rejected';
  if (states.includes('failed')) return 'failed';
  return states.every((state) => state === 'done') ? 'ready' : 'processing';
}

/** The failure that the status tells of, and the task that met it. */
export function failureOf(record: ImageRecord): (TaskFailure & { task: Task }) | undefined {
  const status = statusOf(record);
  if (status !== 'rejected' && status !== 'failed') return undefined;
  for (const task of tasks) {
    const taskRecord = currentTask(record, task);
    if (taskRecord?.state === status && taskRecord.failure) return { ...taskRecord.failure, task };
  }
  return undefined;
}

/** Whether work has ended, one way or the other, and consumers are to be told. */
export function isTerminal(status: Status): status is 'ready' | 'rejected' | 'failed' | 'deleted' {
  return status === 'ready' || status === 'rejected' || status === 'failed' || status === 'deleted';
}
