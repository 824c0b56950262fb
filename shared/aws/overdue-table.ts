// What reconciling asks of the images table: who is overdue, and the writes that settle what no worker lived to.
// Each write is refused when the image has moved on since it was looked at.

import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { currentTask } from '../domain/image-record.ts';
import { type TaskRecord, taskAttribute } from '../domain/tasks.ts';
import type { OverdueTable } from '../reconcile/ports.ts';
import { asSeen } from './as-seen.ts';
import { createConditionalUpdate } from './conditional-update.ts';
import { overdueAttributes, overdueFrom, overdueShards } from './overdue-index.ts';
import { classified } from './sdk-errors.ts';

/** How long a client can still learn that its upload came too late. */
const expiredSeconds = 7 * 24 * 60 * 60;

export function createOverdueTable(client: DynamoDBDocumentClient, tableName: string): OverdueTable {
  const update = createConditionalUpdate(client, tableName);

  async function overdueIn(shard: string, now: Date, Limit: number): Promise<string[]> {
    const command = new QueryCommand({
      TableName: tableName,
      IndexName: 'byOverdue',
      KeyConditionExpression: 'overdueShard = :shard AND overdueAt <= :now',
      ExpressionAttributeValues: { ':shard': shard, ':now': now.toISOString() },
      Limit,
    });
    const { Items = [] } = await classified('DynamoDB Query', client.send(command));
    return Items.map((item) => item['imageId'] as string);
  }

  return {
    async list(now, maxImages) {
      const perShard = Math.ceil(maxImages / overdueShards.length);
      const found = await Promise.all(overdueShards.map((shard) => overdueIn(shard, now, perShard)));
      return found.flat().slice(0, maxImages);
    },

    expire(record, now) {
      return update(record.imageId, {
        set: {
          expired: true,
          updatedAt: now.toISOString(),
          expiresAtSeconds: Math.floor(now.getTime() / 1000) + expiredSeconds,
        },
        ...asSeen(record),
      });
    },

    fail(record, unsettled, failure, now) {
      const { imageId, sequencer = '' } = record;
      const { condition, values } = asSeen(record);
      const claimed = unsettled.filter((task) => currentTask(record, task));
      const failed = unsettled.map((task) => {
        const before = currentTask(record, task) ?? { ...neverClaimed, sequencer };
        return [taskAttribute(task), { ...before, state: 'failed', failure } satisfies TaskRecord] as const;
      });
      return update(imageId, {
        set: { ...Object.fromEntries(failed), updatedAt: now.toISOString() },
        condition: [condition, ...claimed.map((task) => `#${taskAttribute(task)}.#state = :running`)].join(
          ' AND ',
        ),
        values: { ...values, ...(claimed.length > 0 && { running: 'running' }) },
      });
    },

    async unlist(record) {
      await update(record.imageId, { remove: overdueAttributes, ...asSeen(record) });
    },

    async postpone(record, until) {
      await update(record.imageId, { set: overdueFrom(record.imageId, until), ...asSeen(record) });
    },
  };
}

/** Of a revision that no worker has, so that its message, should it still come, is new work. */
const neverClaimed = {
  revision: 'never-claimed',
  attemptId: 'never-claimed',
  messageId: 'never-claimed',
  receiveCount: 0,
  leaseUntil: 0,
} as const;
