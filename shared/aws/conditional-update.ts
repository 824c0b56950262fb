// The one way that an image's item is changed: a single conditional UpdateItem, whose refusal is an answer.

import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ImageRecord } from '../domain/image-record.ts';
import { classified, hasName } from './sdk-errors.ts';
import { itemOf, recordOf } from './stored-record.ts';
import { withStoredNames } from './stored-task.ts';
import { type Changes, updateOf } from './update-expression.ts';

/** The item after the write; undefined when its condition refused it. */
export type ConditionalUpdate = (imageId: string, changes: Changes) => Promise<ImageRecord | undefined>;

export function createConditionalUpdate(
  client: DynamoDBDocumentClient,
  tableName: string,
): ConditionalUpdate {
  return async (imageId, changes) => {
    const command = new UpdateCommand({
      TableName: tableName,
      Key: { imageId },
      ReturnValues: 'ALL_NEW',
      ...updateOf(asStored(imageId, changes)),
    });
    const answer = await classified('DynamoDB UpdateItem', client.send(command).catch(refusedAsUndefined));
    return answer?.Attributes && recordOf(answer.Attributes);
  };
}

/** What is written, and what is compared under the name of an attribute, as the item has it. */
function asStored(
  imageId: string,
  { set = {}, setOnce = {}, values = {}, condition, ...changes }: Changes,
): Changes {
  return {
    ...changes,
    condition: withStoredNames(condition),
    set: itemOf(imageId, set),
    setOnce: itemOf(imageId, setOnce),
    values: itemOf(imageId, values),
  };
}

/** For `catch`: a refused condition is no error. */
export function refusedAsUndefined(error: unknown): undefined {
  if (hasName(error, 'ConditionalCheckFailedException')) return undefined;
  throw error;
}
