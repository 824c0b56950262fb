// What the images of an owner are asked of DynamoDB with: the index, and batches of reads.

import { describe, expect, it } from 'vitest';
import { createOwnersImages } from '../../../shared/aws/owners-images.ts';
import { answered, now, useRecordedTables } from '../support/recorded-tables.ts';

const recorded = useRecordedTables();

describe('the images of an owner', () => {
  const keys = (...imageIds: string[]) => imageIds.map((imageId) => ({ imageId: { S: imageId } }));
  const responses = (imageIds: readonly string[], unprocessed: readonly string[] = []) =>
    answered({
      Responses: { images: keys(...imageIds) },
      ...(unprocessed.length > 0 && { UnprocessedKeys: { images: { Keys: keys(...unprocessed) } } }),
    });
  const owners = () => createOwnersImages(recorded().clients.table, 'images');
  const asked = () =>
    recorded()
      .sent()
      .map(([, input]) => (input['RequestItems'] as { images: unknown }).images);

  it('are asked of the index, newest first, from where the last page ended', async () => {
    const [imageId, createdAt] = ['one', now.toISOString()];
    recorded().clients.answer(
      answered({ Items: [{ imageId: { S: imageId }, createdAt: { S: createdAt } }] }),
    );

    const after = { imageId: 'before', createdAt };
    expect(await owners().positions('own-1', 3, after)).toEqual([{ imageId, createdAt }]);

    expect(recorded().sent()).toEqual([
      [
        'Query',
        {
          ...{ TableName: 'images', IndexName: 'byOwner', ScanIndexForward: false, Limit: 3 },
          KeyConditionExpression: 'ownerId = :ownerId',
          ExpressionAttributeValues: { ':ownerId': { S: 'own-1' } },
          ExclusiveStartKey: {
            ownerId: { S: 'own-1' },
            imageId: { S: 'before' },
            createdAt: { S: createdAt },
          },
        },
      ],
    ]);
  });

  it('are read at half the price of the latest, and the latest only of what is not found so', async () => {
    recorded().clients.answer(responses(['one']), responses(['two']));

    expect([...(await owners().records(['one', 'two', 'gone'])).keys()]).toEqual(['one', 'two']);

    expect(asked()).toEqual([
      { Keys: keys('one', 'two', 'gone'), ConsistentRead: false },
      { Keys: keys('two', 'gone'), ConsistentRead: true },
    ]);
  });

  it('are asked for again where DynamoDB left some undone', async () => {
    recorded().clients.answer(responses(['one'], ['two']), responses(['two']));

    expect((await owners().records(['one', 'two'])).size).toBe(2);

    expect(asked()).toEqual([
      { Keys: keys('one', 'two'), ConsistentRead: false },
      { Keys: keys('two'), ConsistentRead: false },
    ]);
  });

  it('are out of reach where DynamoDB leaves them undone for ever', async () => {
    recorded().clients.answer(...Array.from({ length: 5 }, () => responses([], ['one'])));

    await expect(owners().records(['one'])).rejects.toMatchObject({ code: 'dependency-unavailable' });
    expect(asked()).toHaveLength(5);
  });

  it('are not asked for where there are none', async () => {
    expect((await owners().records([])).size).toBe(0);
    expect(recorded().sent()).toEqual([]);
  });
});
