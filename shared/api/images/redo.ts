// Which tasks of an image are to be done again when its owner asks for it: what failed, what was rejected, what is stale, and
// what nobody is at. What is current stays as it is. Pure.

import { currentTask, type ImageRecord } from '../../domain/image-record.ts';
import { type Task, type TaskRecord, tasks } from '../../domain/tasks.ts';

/** What each task does now, hashed. */
export type Revisions = Readonly<Record<Task, string>>;

export interface Redo {
  /** Tasks that ended, and are taken back before they are done again. */
  readonly restarted: readonly Task[];
  /** Whether any work is owed that nobody is at. */
  readonly isOwed: boolean;
}

export function redoOf(record: ImageRecord, revisions: Revisions, now: Date): Redo {
  const restarted = tasks.filter((task) => isToRestart(currentTask(record, task), revisions[task]));
  const isOwed = tasks.some((task) => isIdle(currentTask(record, task), now));
  return { restarted, isOwed: restarted.length > 0 || isOwed };
}

function isToRestart(unit: TaskRecord | undefined, revision: string): boolean {
  if (unit?.state === 'done') return unit.revision !== revision;
  return unit?.state === 'failed' || unit?.state === 'rejected';
}

/** Not begun, or begun by an attempt that is over. */
function isIdle(unit: TaskRecord | undefined, now: Date): boolean {
  return unit === undefined || (unit.state === 'running' && unit.leaseUntil < now.getTime());
}
