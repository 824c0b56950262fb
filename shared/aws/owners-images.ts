// An owner's images: the byOwner index, which has keys alone, and the records by those keys. Read as they were a moment ago,
// which costs half of what the latest does.

import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ImagePosition, OwnersImages } from '../api/ports.ts';
import { TransientFailure } from '../domain/errors.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import { classified } from './sdk-errors.ts';
import { recordOf } from './stored-record.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const maxBatch = 100;
const maxAttempts = 5;
const firstPauseMilliseconds = 50;

export function createOwnersImages(client: DynamoDBDocumentClient, tableName: string): OwnersImages {
  /** One batch; what DynamoDB leaves undone is asked for again. */
  async function readBatch(imageIds: readonly string[], ConsistentRead: boolean): Promise<ImageRecord[]> {
    const records: ImageRecord[] = [];
    let request = { [tableName]: { Keys: imageIds.map((imageId) => ({ imageId })), ConsistentRead } };
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      if (attempt > 0) await pauseBefore(attempt);
      const command = new BatchGetCommand({ RequestItems: request });
      const answer = await classified('DynamoDB BatchGetItem', client.send(command));
      records.push(...(answer.Responses?.[tableName] ?? []).map(recordOf));
      const Keys = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []) as { imageId: string }[];
      if (Keys.length === 0) return records;
      request = { [tableName]: { Keys, ConsistentRead } };
    }
    throw new TransientFailure('dependency-unavailable', 'DynamoDB BatchGetItem: keys were left unprocessed');
  }

  return {
    async positions(ownerId, maxImages, after) {
      const command = new QueryCommand({
        TableName: tableName,
        IndexName: 'byOwner',
        KeyConditionExpression: 'ownerId = :ownerId',
        ExpressionAttributeValues: { ':ownerId': ownerId },
        ScanIndexForward: false,
        Limit: maxImages,
        ...(after && { ExclusiveStartKey: { ownerId, ...after } }),
      });
      const { Items = [] } = await classified('DynamoDB Query', client.send(command));
      return Items.map(({ imageId, createdAt }): ImagePosition => ({ imageId, createdAt }));
    },

    async records(imageIds) {
      const records = new Map<string, ImageRecord>();
      for (let begin = 0; begin < imageIds.length; begin += maxBatch) {
        const batch = imageIds.slice(begin, begin + maxBatch);
        for (const record of await readBatch(batch, false)) records.set(record.imageId, record);
        // An image so new that the index has it, and the replica that was asked does not yet.
        const missing = batch.filter((imageId) => !records.has(imageId));
        if (missing.length === 0) continue;
        for (const record of await readBatch(missing, true)) records.set(record.imageId, record);
      }
      return records;
    },
  };
}

function pauseBefore(attempt: number): Promise<void> {
  return new Promise((fulfil) => setTimeout(fulfil, firstPauseMilliseconds * 2 ** attempt));
}
