// Takes ended tasks of an image back, in one conditional write: as if they were held by an attempt that is over.

import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { TaskRestarts } from '../api/ports.ts';
import { currentTask } from '../domain/image-record.ts';
import { type TaskRecord, taskAttribute } from '../domain/tasks.ts';
import { chargeAsSeen } from './as-seen.ts';
import { createConditionalUpdate } from './conditional-update.ts';
import { overdueFrom } from './overdue-index.ts';

/** How long a message may take to be received. Nobody at work by then, the image has failed. */
const receivedMilliseconds = 15 * 60 * 1000;

/** Held by nobody whose settle could be taken for that of the next attempt. */
const restarted = {
  state: 'running',
  attemptId: 'restarted',
  messageId: 'restarted',
  receiveCount: 0,
  leaseUntil: 0,
} as const;

export function createTaskRestarts(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: () => Date = () => new Date(),
): TaskRestarts {
  const update = createConditionalUpdate(client, tableName);
  return {
    restart(seen, tasks) {
      const now = clock();
      const { imageId, sequencer = '' } = seen;
      const units = tasks.flatMap((task) => {
        const unit = currentTask(seen, task);
        return unit ? [{ task, unit }] : [];
      });
      const after = units.map(({ task, unit: { sequencer: of, revision } }) => {
        return [taskAttribute(task), { ...restarted, sequencer: of, revision } satisfies TaskRecord] as const;
      });
      const asSeen = units.map(({ task }) => {
        const attribute = `#${taskAttribute(task)}`;
        return `${attribute}.#attemptId = :${task}Attempt AND ${attribute}.#state = :${task}State`;
      });
      const values = units.flatMap(({ task, unit }) => [
        [`${task}Attempt`, unit.attemptId],
        [`${task}State`, unit.state],
      ]);
      // Whoever gives back in between what a rejected image counts has it looked at once more.
      const charged = chargeAsSeen(seen);
      return update(imageId, {
        set: {
          ...Object.fromEntries(after),
          updatedAt: now.toISOString(),
          ...overdueFrom(imageId, new Date(now.getTime() + receivedMilliseconds)),
        },
        condition: [
          '#sequencer = :sequencer',
          'attribute_not_exists(#removed)',
          charged.condition,
          ...asSeen,
        ].join(' AND '),
        values: { sequencer, ...charged.values, ...Object.fromEntries(values) },
      });
    },
  };
}
