// The tasks that workers owe an image, as their table has them, and how far a worker has come with one.

import type { FailureCode } from './errors.ts';
import { type TaskResults, type TaskRow, taskTable } from './task-table.ts';

export type Task = keyof typeof taskTable;

export const tasks = Object.keys(taskTable) as readonly Task[];

/** The tasks that are owed as well. */
export function otherTasks(task: Task): readonly Task[] {
  return tasks.filter((other) => other !== task);
}

/** The tasks that store objects. */
export const objectKeepers = tasks.filter((task) => rowOf(task).keepsObjects);

export function rowOf(task: Task): TaskRow {
  return taskTable[task];
}

/** The attribute of an image's record that says how far the task has come. */
export function taskAttribute<T extends Task>(task: T): `${T}Task` {
  return `${task}Task`;
}

/** What a done task leaves in the record. */
export type TaskResult = Partial<TaskResults>;

export interface TaskFailure {
  readonly code: FailureCode;
  readonly message: string;
}

/** How far a worker has come with one unit of work: one task, of one sequencer, at one revision. */
export interface TaskRecord {
  readonly state: 'running' | 'done' | 'rejected' | 'failed';
  readonly sequencer: string;
  /** What the task does, hashed: a changed preset is new work. */
  readonly revision: string;
  /** The attempt that holds or has settled the task: while it runs, nobody else works on it until `leaseUntil`. */
  readonly attemptId: string;
  readonly messageId: string;
  readonly receiveCount: number;
  /** Milliseconds since the epoch. */
  readonly leaseUntil: number;
  readonly failure?: TaskFailure;
}

/** The task records of an image, by attribute. */
export type TaskRecords = { readonly [T in Task as `${T}Task`]?: TaskRecord };
