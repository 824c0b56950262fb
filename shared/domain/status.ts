// An image's status: a function of its tasks, so that no stored status can contradict them. Pure.

import { currentTask, type ImageRecord } from './image-record.ts';
import { type Task, type TaskFailure, tasks } from './tasks.ts';

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

/** Statuses of images whose work has ended, one way or the other, and of which consumers are told. */
export const settledStatuses = [
  'ready',
  'rejected',
  'failed',
  'deleted',
] as const satisfies readonly Status[];
export type SettledStatus = (typeof settledStatuses)[number];

export function statusOf(record: ImageRecord): Status {
  if (record.removed) return 'deleted';
  if (record.sequencer === undefined) return record.expired ? 'expired' : 'awaiting-upload';
  const states = tasks.map((task) => currentTask(record, task)?.state);
  if (states.includes('rejected')) return 'rejected';
  if (states.includes('failed')) return 'failed';
  return states.every((state) => state === 'done') ? 'ready' : 'processing';
}

/** Whether an image of this status waits for nothing any more. */
export function isSettled(status: string): status is SettledStatus {
  return (settledStatuses as readonly string[]).includes(status);
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
