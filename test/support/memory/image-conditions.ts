// On what conditions the images table in memory writes.

import { currentTask, type ImageRecord } from '../../../shared/domain/image-record.ts';
import { isIssued } from '../../../shared/domain/object-keys.ts';
import { otherTasks, type Task, taskAttribute, tasks } from '../../../shared/domain/tasks.ts';
import type { Attempt, Unit } from '../../../shared/processing/ports.ts';

/** Whether nobody has changed what the image counts since. */
export function isChargeAsSeen(record: ImageRecord | undefined, seen: ImageRecord): boolean {
  const names = ['state', 'changeId', 'by'] as const;
  return names.every((name) => record?.charge?.[name] === seen.charge?.[name]);
}

/** Whether the same original is listed for the same time, and nobody has claimed a task since. */
export function isAsSeen(record: ImageRecord | undefined, seen: ImageRecord): boolean {
  return (
    record !== undefined &&
    record.sequencer === seen.sequencer &&
    record.overdueAt === seen.overdueAt &&
    tasks.every((task) => record[taskAttribute(task)]?.attemptId === seen[taskAttribute(task)]?.attemptId)
  );
}

export function isTakeable(
  record: ImageRecord | undefined,
  { task, event, revision }: Unit,
  { messageId, receiveCount, isRedriven }: Attempt,
  now: Date,
): boolean {
  if ((record?.removed || record?.expired) && isIssued(event.imageId)) return false;
  if (record?.sequencer !== undefined && record.sequencer > event.sequencer) return false;
  const isSentAgain = event.byForm && isIssued(event.imageId) && record?.sequencer !== event.sequencer;
  if (isSentAgain && record?.sequencer !== undefined) return false;
  const mine = record?.[taskAttribute(task)];
  if (mine === undefined || mine.sequencer < event.sequencer || mine.revision !== revision) return true;
  switch (mine.state) {
    case 'failed':
      return true;
    case 'rejected':
      return isRedriven;
    case 'running': {
      const isReceivedAgain = mine.messageId === messageId && mine.receiveCount < receiveCount;
      return isReceivedAgain || mine.leaseUntil < now.getTime();
    }
    case 'done':
      return false;
  }
}

export function isRejectedByAnother(record: ImageRecord, task: Task): boolean {
  return otherTasks(task).some((other) => currentTask(record, other)?.state === 'rejected');
}
