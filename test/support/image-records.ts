// Records of images in every state, as the workers and the API leave them.

import { v7 as uuidv7 } from 'uuid';
import { overdueFrom } from '../../shared/aws/overdue-index.ts';
import { normalizeSequencer } from '../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { type TaskRecord, taskAttribute, tasks } from '../../shared/domain/tasks.ts';

export const sequencer = normalizeSequencer('0055AED6DCD90281E5');

export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

type Changes = Partial<ImageRecord>;

/** An image whose URL ran out; what is given comes on top. */
export function overdue(changes: Changes = {}): ImageRecord {
  const imageId = uuidv7();
  return {
    imageId,
    ownerId: 'local',
    createdAt: minutesAgo(30).toISOString(),
    updatedAt: minutesAgo(30).toISOString(),
    charge: { bytes: 5 },
    upload: { expiresAt: minutesAgo(15).toISOString() },
    ...overdueFrom(imageId, minutesAgo(1)),
    ...changes,
  };
}

/** A task that a worker began twenty minutes ago; what is given comes on top. */
export function taskRecord(changes: Partial<TaskRecord> = {}): TaskRecord {
  return {
    ...{ state: 'running', sequencer, revision: '1', attemptId: 'attempt', messageId: 'message' },
    ...{ receiveCount: 1, leaseUntil: minutesAgo(20).getTime() },
    ...changes,
  };
}

/** An image that every worker is done with but the renditions worker. */
export const processing = (changes: Changes = {}) =>
  overdue({ sequencer, ...everyTaskDone(), renditionsTask: taskRecord(), ...changes });

/** An image that is ready and that nobody has been told of. */
export const ready = (changes: Changes = {}) =>
  processing({ renditionsTask: taskRecord({ state: 'done' }), renditions: [], ...changes });

/** Whatever tasks there are. */
function everyTaskDone(): Changes {
  const done = taskRecord({ state: 'done' });
  return Object.fromEntries(tasks.map((task) => [taskAttribute(task), done]));
}
