// What a worker must bring to be one: the task it performs, and the objects it keeps.

import type { TaskResult } from '../aws/image-table.ts';
import type { OriginalCreated } from '../domain/events/s3-event.ts';
import type { Task } from '../domain/image-record.ts';
import type { Measure } from './measure.ts';

/** The original is not there any more, or is another one: whatever replaced it has an event of its own. */
export class OriginalGone extends Error {
  override readonly name = 'OriginalGone';
}

export interface TaskDefinition {
  readonly task: Task;
  /** What the task does, hashed: units of an older revision are done anew. */
  readonly revision: string;
  /**
   * Does the work and stores what it makes, under keys that a repetition overwrites.
   * @throws {PermanentFailure | TransientFailure | OriginalGone}
   */
  perform(event: OriginalCreated, measure: Measure): Promise<TaskResult>;
  /** The objects the task stores, if it stores any. */
  readonly objects?: StoredObjects;
}

export interface StoredObjects {
  /** Deletes whatever this unit may have stored. */
  discard(unit: { readonly imageId: string; readonly sequencer: string }): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
}
