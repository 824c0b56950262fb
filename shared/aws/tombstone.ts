// What a tombstone is made of: the changes that leave of an image's item what is needed to clear up, and nothing private.

import { objectKeepers, rowOf, taskAttribute, tasks } from '../domain/tasks.ts';
import { overdueFrom } from './overdue-index.ts';
import type { Changes } from './update-expression.ts';

/**
 * Longer than any message lives: a queue keeps it for 4 days and a DLQ for 14, and a redrive starts both anew. No late
 * event must find the tombstone gone.
 */
const tombstoneSeconds = 90 * 24 * 60 * 60;
/** How soon an interrupted removal is looked at. */
const removalMilliseconds = 5 * 60 * 1000;

/** All that tasks left in the record, but for what says which objects are still to be deleted. */
const leftByTasks: readonly string[] = [
  ...tasks.filter((task) => !objectKeepers.includes(task)).map(taskAttribute),
  ...tasks.flatMap((task) => rowOf(task).leaves).filter((name) => name !== 'renditions'),
];

/** The renditions stay listed until they are deleted. Without createdAt the tombstone leaves its owner's index. */
export function tombstoneOf(imageId: string, now: Date): Required<Pick<Changes, 'set' | 'remove'>> {
  return {
    set: {
      updatedAt: now.toISOString(),
      expiresAtSeconds: Math.floor(now.getTime() / 1000) + tombstoneSeconds,
      ...overdueFrom(imageId, new Date(now.getTime() + removalMilliseconds)),
    },
    remove: ['createdAt', 'fileName', 'announced', 'retriesEndAt', ...leftByTasks],
  };
}
