// The images table: one item an image, every write a single conditional one. Rules 2 and 3 of the design live in the
// conditions below: a write that would undo something newer, or repeat something done, is refused by DynamoDB.

import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { OriginalCreated, OriginalRemoved } from '../domain/events/s3-event.ts';
import {
  type ImageRecord,
  localOwner,
  type Removal,
  type Task,
  type TaskFailure,
  type TaskRecord,
} from '../domain/image-record.ts';
import { createConditionalUpdate, refusedAsUndefined } from './conditional-update.ts';
import { overdueAttributes, overdueFrom } from './overdue-index.ts';
import { classified } from './sdk-errors.ts';

/** One delivery of one message to one worker. Times are milliseconds since the epoch. */
export interface Attempt {
  readonly attemptId: string;
  readonly messageId: string;
  readonly receiveCount: number;
  /** When this attempt is over, whatever happens: the function's own deadline. */
  readonly leaseUntil: number;
  /** When all retries must have ended: if the image is not settled by then, somebody should look at it. */
  readonly retriesEndAt: number;
  /** An operator sent a rejected message back to work. */
  readonly isRedriven: boolean;
}

/** One unit of work: this task of this original, at this revision of what the task does. */
export interface Unit {
  readonly task: Task;
  readonly event: OriginalCreated;
  readonly revision: string;
}

/** An image that an upload URL is issued for. */
export type RequestedImage = ImageRecord & Required<Pick<ImageRecord, 'upload' | 'createdAt'>>;

/** What a settled task leaves in the record beside its own state. */
export type TaskResult = Pick<
  ImageRecord,
  'renditions' | 'placeholder' | 'perceptualHash' | 'sha256' | 'metadata'
>;

export type Outcome =
  | { readonly state: 'done'; readonly result: TaskResult }
  | { readonly state: 'rejected' | 'failed'; readonly failure: TaskFailure }
  /** The other task has rejected the file already: one failure is enough to tell of it. */
  | { readonly state: 'rejected'; readonly failure?: undefined };

export interface ImageTable {
  create(record: RequestedImage): Promise<void>;
  get(imageId: string): Promise<ImageRecord | undefined>;
  /** Takes the unit on; undefined when it is settled, held by another attempt, or overtaken. */
  claim(unit: Unit, attempt: Attempt): Promise<ImageRecord | undefined>;
  /** Ends a claimed unit; undefined when the claim was lost, or a second failure would be told of a rejected image. */
  settle(
    unit: Unit,
    attempt: Attempt,
    outcome: Outcome,
    superseded?: readonly string[],
  ): Promise<ImageRecord | undefined>;
  /** Leaves a tombstone; undefined when the removal is not the newest event. */
  markDeleted(event: OriginalRemoved, removal: Removal): Promise<ImageRecord | undefined>;
  /** Notes that an image event is published, unless the image has moved on: nobody needs to look at it any more. */
  markAnnounced(record: ImageRecord, eventId: string): Promise<void>;
}

/** Longer than any queue keeps a message, so that no late event finds its tombstone gone. */
const tombstoneSeconds = 30 * 24 * 60 * 60;
/** How soon an interrupted removal is looked at. */
const removalMilliseconds = 5 * 60 * 1000;

const notOvertaken = '(attribute_not_exists(#sequencer) OR #sequencer <= :sequencer)';
const newest = '(attribute_not_exists(#sequencer) OR #sequencer < :sequencer)';

export function createImageTable(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: () => Date = () => new Date(),
): ImageTable {
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
      const mine = `#${task}Task`;
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
      return update(event.imageId, {
        set: {
          sequencer,
          original: { bucket, key, eTag, bytes },
          [`${task}Task`]: running,
          updatedAt: now.toISOString(),
          ...overdueFrom(event.imageId, new Date(retriesEndAt)),
        },
        setOnce: { ownerId: localOwner, createdAt: now.toISOString() },
        remove: ['removed', 'expired', 'expiresAtSeconds'],
        condition: `${notOvertaken} AND (${takeable.join(' OR ')})`,
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
      const [mine, other] = [`#${task}Task`, `#${task === 'renditions' ? 'metadata' : 'renditions'}Task`];
      const held = `#sequencer = :sequencer AND ${mine}.#attemptId = :attemptId`;
      // One file is rejected once, with one failure.
      const isTelling = outcome.state === 'rejected' && outcome.failure !== undefined;
      const isFirstRejection = `(attribute_not_exists(${other}) OR ${other}.#sequencer <> :sequencer OR ${other}.#state <> :rejected)`;
      return update(event.imageId, {
        set: {
          [`${task}Task`]: settled,
          updatedAt: clock().toISOString(),
          ...(outcome.state === 'done' && outcome.result),
          superseded,
        },
        condition: isTelling ? `${held} AND ${isFirstRejection}` : held,
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
        setOnce: { ownerId: localOwner },
        // The renditions stay listed until they are deleted. Without createdAt the tombstone leaves its owner's index.
        remove: [
          ...['createdAt', 'fileName', 'upload', 'original', 'expired', 'announced'],
          ...['metadataTask', 'metadata', 'placeholder', 'perceptualHash', 'sha256'],
        ],
        condition: newest,
        values: { sequencer },
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
