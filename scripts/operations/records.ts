// Reads many image records at once, consistently, as the tools need them to tell what became of an image.
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { recordOf } from '../../shared/aws/stored-record.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import type { Stage } from './stage.ts';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
const maxKeys = 100;

/** The records by image ID; images without one are left out. */
export async function readRecords(
  { clients, tableName }: Pick<Stage, 'clients' | 'tableName'>,
  imageIds: Iterable<string>,
): Promise<Map<string, ImageRecord>> {
  const records = new Map<string, ImageRecord>();
  let wanted = [...new Set(imageIds)];
  while (wanted.length > 0) {
    const Keys = wanted.slice(0, maxKeys).map((imageId) => ({ imageId }));
    const { Responses, UnprocessedKeys } = await clients.table.send(
      new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
    );
    for (const item of Responses?.[tableName] ?? []) records.set(item['imageId'], recordOf(item));
    const leftOver = UnprocessedKeys?.[tableName]?.Keys ?? [];
    wanted = [...wanted.slice(maxKeys), ...leftOver.map((key) => key['imageId'] as string)];
  }
  return records;
}
