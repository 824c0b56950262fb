// An owner's ledger: one item an owner, in the images table and in none of its indexes. Each change is a single conditional
// write that counts what it says and notes that it did; repeated, it is refused.

import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { OwnerLedger } from '../api/ports.ts';
import { hourOf, type LedgerRecord, type QuotaLimits } from '../domain/quota.ts';
import type { ChargeChange, Ledger } from '../processing/ports.ts';
import { refusedAsUndefined } from './conditional-update.ts';
import { classified } from './sdk-errors.ts';
import { namesIn } from './update-expression.ts';

interface LedgerUpdate {
  readonly update: string;
  readonly condition: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** How often another change of the same ledger may come between a look and a write. */
const maxAttempts = 5;
/** Of a ledger that lost count, which nothing should bring about, no more is taken than there is. */
const hasSo = '#images >= :one AND #bytes >= :bytes';
const notCounted = '(attribute_not_exists(#moving.#image) OR #moving.#image <> :changeId)';

export function createOwnerLedger(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: () => Date = () => new Date(),
): Ledger & OwnerLedger {
  /** Whether the write took effect. `#image` stands for the image's ID. */
  async function write(ownerId: string, imageId: string, change: LedgerUpdate): Promise<boolean> {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { imageId: keyOf(ownerId) },
      UpdateExpression: change.update,
      ConditionExpression: change.condition,
      ExpressionAttributeNames: namesIn(`${change.update} ${change.condition}`, { image: imageId }),
      ...(change.values && { ExpressionAttributeValues: change.values }),
      ReturnValues: 'UPDATED_NEW',
    });
    const answer = await classified('DynamoDB UpdateItem', client.send(command).catch(refusedAsUndefined));
    return answer !== undefined;
  }

  async function read(ownerId: string): Promise<LedgerRecord | undefined> {
    const command = new GetCommand({
      TableName: tableName,
      Key: { imageId: keyOf(ownerId) },
      ConsistentRead: true,
    });
    const { Item } = await classified('DynamoDB GetItem', client.send(command));
    return Item as LedgerRecord | undefined;
  }

  /** The first image of an owner makes the ledger; false when there is one. */
  async function begin(ownerId: string, imageId: string, bytes: number): Promise<boolean> {
    const ledger: LedgerRecord = { images: 1, bytes, open: { [imageId]: bytes }, moving: {} };
    const command = new PutCommand({
      TableName: tableName,
      Item: { imageId: keyOf(ownerId), ...ledger },
      ConditionExpression: 'attribute_not_exists(imageId)',
    });
    const answer = await classified('DynamoDB PutItem', client.send(command).catch(refusedAsUndefined));
    return answer !== undefined;
  }

  /** With what the write counts of rejections in this hour. */
  async function releaseRejected(ownerId: string, { imageId, bytes, changeId }: ChargeChange): Promise<void> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const ledger = await read(ownerId);
      if (ledger === undefined || ledger.moving[imageId] === changeId) return;
      const hour = hourOf(clock());
      const isSameHour = ledger.rejectedHour === hour;
      const isReleased = await write(ownerId, imageId, {
        update: `${released}, #rejectedHour = :hour, #rejectedCount = ${isSameHour ? '#rejectedCount + :one' : ':one'} ${closed}`,
        condition: `${hasSo} AND ${notCounted} AND ${
          isSameHour
            ? '#rejectedHour = :hour'
            : '(attribute_not_exists(#rejectedHour) OR #rejectedHour <> :hour)'
        }`,
        values: { ':one': 1, ':bytes': bytes, ':changeId': changeId, ':hour': hour },
      });
      if (isReleased || ledger.images < 1 || ledger.bytes < bytes) return;
    }
    throw new Error(`The ledger of ${ownerId} changed ${maxAttempts} times while it was to be written.`);
  }

  return {
    read,

    async reserve(ownerId, { imageId, bytes }, limits, isFirst) {
      if (isFirst && (await begin(ownerId, imageId, bytes))) return true;
      return write(ownerId, imageId, {
        update: 'SET #images = #images + :one, #bytes = #bytes + :bytes, #open.#image = :bytes',
        condition: `attribute_not_exists(#open.#image) AND size(#open) < :openUploads AND ${hasRoom}`,
        values: { ':openUploads': limits.openUploads, ...roomValues(bytes, limits, clock()) },
      });
    },

    async retakeWithin(ownerId, { imageId, bytes, changeId }, limits) {
      return write(ownerId, imageId, {
        update: retaken,
        condition: `${notCounted} AND ${hasRoom}`,
        values: { ':changeId': changeId, ...roomValues(bytes, limits, clock()) },
      });
    },

    async close(ownerId, imageId) {
      await write(ownerId, imageId, {
        update: 'REMOVE #open.#image',
        condition: 'attribute_exists(#open.#image)',
      });
    },

    async expire(ownerId, imageId, bytes) {
      await write(ownerId, imageId, {
        update: 'SET #images = #images - :one, #bytes = #bytes - :bytes REMOVE #open.#image',
        condition: 'attribute_exists(#open.#image)',
        values: { ':one': 1, ':bytes': bytes },
      });
    },

    async release(ownerId, change, { isRejection }) {
      if (isRejection) return releaseRejected(ownerId, change);
      const { imageId, bytes, changeId } = change;
      await write(ownerId, imageId, {
        update: `${released} ${closed}`,
        condition: `${hasSo} AND ${notCounted}`,
        values: { ':one': 1, ':bytes': bytes, ':changeId': changeId },
      });
    },

    async retake(ownerId, { imageId, bytes, changeId }) {
      await write(ownerId, imageId, {
        update: retaken,
        condition: `attribute_exists(#images) AND ${notCounted}`,
        values: { ':one': 1, ':bytes': bytes, ':changeId': changeId },
      });
    },

    async undoRetake(ownerId, { imageId, bytes, changeId }) {
      await write(ownerId, imageId, {
        update: 'SET #images = #images - :one, #bytes = #bytes - :bytes REMOVE #moving.#image',
        condition: '#moving.#image = :changeId',
        values: { ':one': 1, ':bytes': bytes, ':changeId': changeId },
      });
    },

    async forget(ownerId, { imageId, changeId }) {
      await write(ownerId, imageId, {
        update: 'REMOVE #moving.#image',
        condition: '#moving.#image = :changeId',
        values: { ':changeId': changeId },
      });
    },
  };
}

const released = 'SET #images = #images - :one, #bytes = #bytes - :bytes, #moving.#image = :changeId';
const closed = 'REMOVE #open.#image';
const retaken = 'SET #images = #images + :one, #bytes = #bytes + :bytes, #moving.#image = :changeId';
const hasRoom = [
  '#images < :images AND #bytes <= :room',
  '(attribute_not_exists(#rejectedHour) OR #rejectedHour <> :hour OR #rejectedCount < :rejectedPerHour)',
].join(' AND ');

function roomValues(bytes: number, limits: QuotaLimits, now: Date): Readonly<Record<string, number>> {
  return {
    ...{ ':one': 1, ':bytes': bytes, ':hour': hourOf(now) },
    ...{
      ':images': limits.images,
      ':room': limits.bytes - bytes,
      ':rejectedPerHour': limits.rejectedPerHour,
    },
  };
}

/** No image's ID. */
function keyOf(ownerId: string): string {
  return `owner#${ownerId}`;
}
