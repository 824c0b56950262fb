// The images table: one item an image, every write a single conditional one. Rules 2 and 3 of the design live in the
// conditions below: a write that would undo something newer, or repeat something done, is refused by DynamoDB.

import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { RequestedImages } from '../api/ports.ts';
import { unowned } from '../domain/image-record.ts';
import { isIssued } from '../domain/object-keys.ts';
import { otherTasks, rowOf, type Task, type TaskRecord, taskAttribute } from '../domain/tasks.ts';
import type { ImageTable, Outcome } from '../processing/ports.ts';
import { asSeen, chargeAsSeen } from './as-seen.ts';
import { createConditionalUpdate, refusedAsUndefined } from './conditional-update.ts';
import { overdueAttributes, overdueFrom } from './overdue-index.ts';
import { classified } from './sdk-errors.ts';
import { itemOf, recordOf } from './stored-record.ts';
import { tombstoneOf } from './tombstone.ts';

const first = '(attribute_not_exists(#sequencer) OR #sequencer = :sequencer)';
const notOvertaken = '(attribute_not_exists(#sequencer) OR #sequencer <= :sequencer)';
const newest = '(attribute_not_exists(#sequencer) OR #sequencer < :sequencer)';
/** Neither removed nor expired: nothing brings back an image that was asked for and is one of them. */
const notOver = 'attribute_not_exists(#removed) AND attribute_not_exists(#expired)';

/** How long an upload may take that began before its URL ran out. */
const graceMilliseconds = 10 * 60 * 1000;
/** How long what is left of an image that no URL was issued for is kept. */
const withdrawnSeconds = 24 * 60 * 60;
/** When somebody looks whether a change of charge that began has ended. */
const chargeMilliseconds = 5 * 60 * 1000;

export interface ImageTableOptions {
  readonly clock?: () => Date;
  /** Whose those originals are that no upload URL was issued for; nobody's when absent. */
  readonly unissuedOwner?: string;
}

export function createImageTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  { clock = () => new Date(), unissuedOwner = unowned }: ImageTableOptions = {},
): ImageTable & RequestedImages {
  const update = createConditionalUpdate(client, tableName);
  // Of an image that a URL was issued for, the record says whose it is; where it has gone, nobody can say any more.
  const ownerOf = (imageId: string) => (isIssued(imageId) ? unowned : unissuedOwner);

  return {
    async create(record) {
      const command = new PutCommand({
        TableName: tableName,
        Item: itemOf(record.imageId, {
          ...record,
          ...overdueFrom(record.imageId, new Date(Date.parse(record.upload.expiresAt) + graceMilliseconds)),
        }),
        ConditionExpression: 'attribute_not_exists(imageId)',
      });
      // Nobody else has this new ID: what is refused is the SDK's own repetition, after an answer that was lost.
      await classified('DynamoDB PutItem', client.send(command).catch(refusedAsUndefined));
    },

    async withdraw(imageId) {
      const now = clock();
      await update(imageId, {
        set: {
          expired: true,
          updatedAt: now.toISOString(),
          expiresAtSeconds: Math.floor(now.getTime() / 1000) + withdrawnSeconds,
        },
        // Without createdAt it is not among its owner's images.
        remove: ['createdAt', 'fileName', ...overdueAttributes],
        condition: 'attribute_exists(#imageId) AND attribute_not_exists(#sequencer)',
      });
    },

    async get(imageId) {
      const command = new GetCommand({ TableName: tableName, Key: { imageId }, ConsistentRead: true });
      const { Item } = await classified('DynamoDB GetItem', client.send(command));
      return Item && recordOf(Item);
    },

    claim({ task, event, revision }, attempt) {
      const now = clock();
      const { attemptId, messageId, receiveCount, leaseUntil, retriesEndAt, isRedriven } = attempt;
      const { sequencer, bucket, key, eTag, bytes, byForm } = event;
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
      // An object that is put under its own key again is a new original. An image that was uploaded once is gone for ever once
      // it is removed or expired, and whoever sends its form again sends the same bytes: no other does S3 take.
      const mayBegin = isIssued(event.imageId)
        ? `${notOver} AND ${byForm ? first : notOvertaken}`
        : notOvertaken;
      return update(event.imageId, {
        set: {
          sequencer,
          original: { bucket, key, eTag, bytes },
          [taskAttribute(task)]: running,
          updatedAt: now.toISOString(),
          retriesEndAt,
        },
        // An image that is listed stays where it is: whoever looks at it sees until when it is worked on.
        setOnce: {
          ...{ ownerId: ownerOf(event.imageId), createdAt: now.toISOString() },
          ...overdueFrom(event.imageId, new Date(retriesEndAt)),
        },
        remove: ['removed', 'expired', 'expiresAtSeconds'],
        condition: `${mayBegin} AND (${takeable.join(' OR ')})`,
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
      const { set, remove } = tombstoneOf(imageId, clock());
      return update(imageId, {
        set: { ...set, sequencer, removed },
        setOnce: { ownerId: ownerOf(imageId) },
        remove: [...remove, 'upload', 'original'],
        // What was uploaded once is removed once, and whatever came before or after that does not count.
        ...(isIssued(imageId) ? { condition: notOver } : { condition: newest, values: { sequencer } }),
      });
    },

    async markAnnounced(record, eventId, lookAgainAt) {
      await update(record.imageId, {
        set: { announced: eventId, ...(lookAgainAt && overdueFrom(record.imageId, lookAgainAt)) },
        remove: lookAgainAt ? [] : [...overdueAttributes, 'retriesEndAt'],
        ...asSeen(record),
      });
    },

    moveCharge(seen, charge, { isNew }) {
      const { imageId } = seen;
      const same = chargeAsSeen(seen);
      const image = isNew ? asSeen(seen) : undefined;
      return update(imageId, {
        set: { charge },
        setOnce: overdueFrom(imageId, new Date(clock().getTime() + chargeMilliseconds)),
        condition: [same.condition, ...(image ? [image.condition] : [])].join(' AND '),
        values: { ...same.values, ...image?.values },
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
