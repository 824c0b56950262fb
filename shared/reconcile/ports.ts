// What reconciling needs of the world, beside what processing does. The adapters in shared/aws/ implement them.

import type { RepublishedOriginal } from '../domain/events/s3-notification.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { Task, TaskFailure } from '../domain/tasks.ts';

/** The overdue images, and the writes that settle what no worker lived to: each refused when the image has moved on. */
export interface OverdueTable {
  /** IDs of images that are overdue: at most so many, the longest overdue of each shard. */
  list(now: Date, maxImages: number): Promise<string[]>;
  /** The upload URL ran out unused; undefined when the original has arrived after all. The image stays listed. */
  expire(record: ImageRecord, now: Date): Promise<ImageRecord | undefined>;
  /** Settles tasks that nobody works on any more; undefined when somebody does. */
  fail(
    record: ImageRecord,
    unsettled: readonly Task[],
    failure: TaskFailure,
    now: Date,
  ): Promise<ImageRecord | undefined>;
  /** Nobody needs to look at the image again, unless it has moved on. */
  unlist(record: ImageRecord): Promise<void>;
  /** Has the image looked at again at a later time, unless it has moved on. */
  postpone(record: ImageRecord, until: Date): Promise<void>;
}

/** Asks the store whether an upload has arrived, whatever events say. */
export interface OriginalFinder {
  /** The original that was uploaded under the image's own key; undefined when there is none. */
  find(imageId: string): Promise<RepublishedOriginal | undefined>;
}

/** The uploads topic, from the sending side: puts an original before all workers as S3 itself would. */
export interface UploadsTopic {
  /** Says that the original was created. The sequencer decides whether that is news: see `lowestSequencer`. */
  republish(original: RepublishedOriginal, sequencer: string): Promise<void>;
}
