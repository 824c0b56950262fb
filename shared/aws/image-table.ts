// The images table: one item an image, every write a single conditional one. Rules 2 and 3 of the design live in the
// conditions below: a write that would undo something newer, or repeat something done, is refused by DynamoDB.

import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RequestedImages } from '../api/ports.ts';
import { type ImageRecord, unowned } from '../domain/image-record.ts';
import { isIssued } from '../domain/object-keys.ts';
import {
  objectKeepers,
  otherTasks,
  rowOf,
  type Task,
  type TaskRecord,
  taskAttribute,
  tasks,
} from '../domain/tasks.ts';
import type { ImageTable, Outcome } from '../processing/ports.ts';
import { createConditionalUpdate, refusedAsUndefined } from './conditional-update.ts';
import { overdueAttributes, overdueFrom } from './overdue-index.ts';
import { classified } from './sdk-errors.ts';

/**
 * Longer than any message lives: a queue keeps it for 4 days and a DLQ for 14, and a redrive starts both anew. No late
 * event must find the tombstone gone.
 */
const tombstoneSeconds = 90 * 24 * 60 * 60;
/** How soon an interrupted removal is looked at. */
const removalMilliseconds = 5 * 60 * 1000;

const notOvertaken = '(attribute_not_exists(#sequencer) OR #sequencer <= :sequencer)';
const newest = '(attribute_not_exists(#sequencer) OR #sequencer < :sequencer)';
const notRemoved = 'attribute_not_exists(#removed)';

export function createImageTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: () => Date = () => new Date(),
): ImageTable & RequestedImages {
  const update = createConditionalUpdate(client, tableName);

  return {
    async create(record) {
      const command = new PutCommand({
        TableName: tableName,
        Item: { ...record, ...overdueFrom(record.imageId, new Date(record.upload.expiresAt)) },
        ConditionExpression: 'attribute_not_exists(imageId)',
      });
      // Nobody else has this new ID: what is refused is the SDK's own repetition, after an answer that was lost.
      await classified('DynamoDB PutItem', client.send(command).catch(refusedAsUndefined));
    },

    async get(imageId) {
      const command = new GetCommand({ TableName: tableName, Key: { imageId }, ConsistentRead: true });
      const { Item } = await classified('DynamoDB GetItem', client.send(command));
      return Item as ImageRecord | undefined;
    },

    claim({ task, event, revision }, attempt) {
      const now = clock();
      const { attemptId, messageId, receiveCount, leaseUntil, retriesEndAt, isRedriven } = attempt;
      const { sequencer, bucket, key, eTag, bytes } = event;
      const lease = { attemptId, messageId, receiveCount, leaseUntil };
      const running: TaskRecord = { state: 'running', sequencer, revision, ...lease };
      const mine = `#${taskAttribute(task)}`;
      // AND binds tighter than OR: no parentheses, which dynalite's parser takes exponential time over.
      const takeable = [
        `attribute_not_exists(${mine})`,
        `${mine}.#sequencer < :sequencer`,
        `${mine}.#revision <> :revision`,
        `${mine}.#state = :failed`,
        `${mine}.#state = :running AND ${mine}.#leaseUntil < :now`,
        // The same message received again: the attempt before is over, even if its lease is not.
        `${mine}.#state = :running AND ${mine}.#messageId = :messageId AND ${mine}.#receiveCount < :receiveCount`,
        ...(isRedriven ? [`${mine}.#state = :rejected`] : []),
      ];
      // An object that is put under its own key again is a new original; an image that was uploaded once is gone for ever.
      const mayReturn = isIssued(event.imageId) ? `${notRemoved} AND ` : '';
      return update(event.imageId, {
        set: {
          sequencer,
          original: { bucket, key, eTag, bytes },
          [taskAttribute(task)]: running,
          updatedAt: now.toISOString(),
          ...overdueFrom(event.imageId, new Date(retriesEndAt)),
        },
        setOnce: { ownerId: unowned, createdAt: now.toISOString() },
        remove: ['removed', 'expired', 'expiresAtSeconds'],
        condition: `${mayReturn}${notOvertaken} AND (${takeable.join(' OR ')})`,
        values: {
          ...{ sequencer, revision, messageId, receiveCount, now: now.getTime() },
          ...{ running: 'running', failed: 'failed', ...(isRedriven && { rejected: 'rejected' }) },
        },
      });
    },

    settle(
      { task, event, revision },
      { attemptId, messageId, receiveCount, leaseUntil },
      outcome,
      superseded,
    ) {
      const { sequencer } = event;
      const { state } = outcome;
      const settled: TaskRecord = {
        ...{ state, sequencer, revision, attemptId, messageId, receiveCount, leaseUntil },
        ...(outcome.state !== 'done' && outcome.failure && { failure: outcome.failure }),
      };
      const held = `#sequencer = :sequencer AND #${taskAttribute(task)}.#attemptId = :attemptId`;
      // One file is rejected once, with one failure.
      const isTelling = outcome.state === 'rejected' && outcome.failure !== undefined;
      const conditions = isTelling ? [held, ...otherTasks(task).map(hasNotRejected)] : [held];
      return update(event.imageId, {
        set: {
          [taskAttribute(task)]: settled,
          updatedAt: clock().toISOString(),
          ...recordedOf(task, outcome),
          superseded,
        },
        condition: conditions.join(' AND '),
        values: { sequencer, attemptId, ...(isTelling && { rejected: 'rejected' }) },
      });
    },

    markDeleted({ imageId, sequencer }, removed) {
      const now = clock();
      return update(imageId, {
        set: {
          sequencer,
          removed,
          updatedAt: now.toISOString(),
          expiresAtSeconds: Math.floor(now.getTime() / 1000) + tombstoneSeconds,
          ...overdueFrom(imageId, new Date(now.getTime() + removalMilliseconds)),
        },
        setOnce: { ownerId: unowned },
        // The renditions stay listed until they are deleted. Without createdAt the tombstone leaves its owner's index.
        remove: [
          'createdAt',
          'fileName',
          'upload',
          'original',
          'expired',
          'announced',
          ...forgottenWhenDeleted,
        ],
        // What was uploaded once is removed once, and whatever came before or after that does not count.
        ...(isIssued(imageId) ? { condition: notRemoved } : { condition: newest, values: { sequencer } }),
      });
    },

    async markAnnounced({ imageId, sequencer, overdueAt }, eventId) {
      // Announced before as something else, the image may not be listed any more.
      const isListed = overdueAt !== undefined;
      await update(imageId, {
        set: { announced: eventId },
        remove: overdueAttributes,
        condition: `#sequencer = :sequencer AND ${isListed ? '#overdueAt = :overdueAt' : 'attribute_not_exists(#overdueAt)'}`,
        values: { sequencer, ...(isListed && { overdueAt }) },
      });
    },
  };
}

function hasNotRejected(task: Task): string {
  const other = `#${taskAttribute(task)}`;
  return `(attribute_not_exists(${other}) OR ${other}.#sequencer <> :sequencer OR ${other}.#state <> :rejected)`;
}

/** What a task leaves in the record: what its row names, and nothing else that it may have returned. */
function recordedOf(task: Task, outcome: Outcome): Readonly<Record<string, unknown>> {
  if (outcome.state !== 'done') return {};
  return Object.fromEntries(rowOf(task).leaves.map((name) => [name, outcome.result[name]]));
}

/** All that tasks left in the record, but for what says which objects are still to be deleted. */
const forgottenWhenDeleted: readonly string[] = [
  ...tasks.filter((task) => !objectKeepers.includes(task)).map(taskAttribute),
  ...tasks.flatMap((task) => rowOf(task).leaves).filter((name) => name !== 'renditions'),
];
