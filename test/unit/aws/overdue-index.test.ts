// The index of overdue images: its shards, and what each of them is asked.

import { describe, expect, it } from 'vitest';
import { overdueFrom, overdueShards } from '../../../shared/aws/overdue-index.ts';
import type { SentRequest } from '../support/recorded-clients.ts';
import { answered, now, throttled, useRecordedTables } from '../support/recorded-tables.ts';

const recorded = useRecordedTables();

describe('the index of overdue images', () => {
  it('is asked shard by shard, each for its share', async () => {
    const ofShard = ({ body }: SentRequest) => {
      const { ':shard': shard } = JSON.parse(body).ExpressionAttributeValues;
      return answered({ Items: [{ imageId: { S: `of ${shard.S}` } }] });
    };
    recorded().clients.answer(...overdueShards.map(() => ofShard));

    expect(await recorded().overdue.list(now, 20)).toEqual(overdueShards.map((shard) => `of ${shard}`));

    expect(recorded().sent()).toHaveLength(8);
    expect(recorded().sent()).toEqual(
      expect.arrayContaining(
        overdueShards.map((shard) => [
          'Query',
          {
            ...{ TableName: 'images', IndexName: 'byOverdue', Limit: 3 },
            KeyConditionExpression: 'overdueShard = :shard AND overdueAt <= :now',
            ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { S: now.toISOString() } },
          },
        ]),
      ),
    );
  });

  it('lists nobody where a shard answers with nothing', async () => {
    expect(await recorded().overdue.list(now, 20)).toEqual([]);
  });

  it('throws what went wrong in any shard', async () => {
    recorded().clients.answer({}, throttled);

    await expect(recorded().overdue.list(now, 20)).rejects.toMatchObject({
      message: 'DynamoDB Query: too fast',
    });
  });

  it('has eight shards, and spreads images over them all by their IDs', () => {
    expect(overdueShards).toEqual(['0', '1', '2', '3', '4', '5', '6', '7']);
    const at = new Date('2026-11-02T09:00:00.000Z');
    expect(overdueFrom('a', at)).toEqual({ overdueShard: String(97 % 8), overdueAt: at.toISOString() });
    expect(overdueFrom('ab', at).overdueShard).toBe(String((97 + 98) % 8));
    const shards = new Set(
      Array.from({ length: 64 }, (_, index) => overdueFrom(String(index), at).overdueShard),
    );
    expect(shards.size).toBe(8);
  });
});
