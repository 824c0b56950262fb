// What a worker must bring to be one: the task it performs, and the objects it keeps.

import type { OriginalCreated } from '../domain/events/s3-event.ts';
import type { Task, TaskResult } from '../domain/tasks.ts';
import type { Circumstances } from '../imaging/contract.ts';
import type { Time } from './journal.ts';
import type { Measure } from './measure.ts';

export interface TaskDefinition {
  readonly task: Task;
  /** What the task does, hashed: units of an older revision are done anew. */
  readonly revision: string;
  /**
   * Does the work and stores what it makes, under keys that a repetition overwrites.
   * @param time notes how long its steps take
   * @throws {PermanentFailure | TransientFailure | OriginalGone}
   */
  perform(
    event: OriginalCreated,
    measure: Measure,
    circumstances?: Circumstances,
    time?: Time,
  ): Promise<TaskResult>;
  /** The objects the task stores, if it stores any. */
  readonly objects?: StoredObjects;
}

export interface StoredObjects {
  /** Deletes an original that was uploaded, should it be there (again) although its image is deleted. */
  deleteOriginal(imageId: string): Promise<void>;
  /** Deletes an original that no URL was issued for, where it lies in the stage's own bucket. */
  deleteUnissued(original: { readonly bucket: string; readonly key: string }): Promise<void>;
  /** Deletes whatever this unit may have stored. */
  discard(unit: { readonly imageId: string; readonly sequencer: string }): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  /** Once they are deleted for good: has caches forget what they copied of an image. */
  forget(imageId: string): Promise<void>;
}
