// What the adapters of the table send to DynamoDB beside their conditions, which are held to a contract of their own
// (test/delivery/image-table.test.ts): consistent reads, time to live, the index, and what is thrown.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { overdueFrom, overdueShards } from '../../../shared/aws/overdue-index.ts';
import { createOverdueTable } from '../../../shared/aws/overdue-table.ts';
import { createOwnersImages } from '../../../shared/aws/owners-images.ts';
import {
  attempt,
  removedAt,
  requested,
  sequencer,
  unitOf,
} from '../../support/contracts/image-table/units.ts';
import { overdue as overdueImage, ready } from '../../support/image-records.ts';
import {
  createRecordedClients,
  jsonError,
  type RecordedClients,
  type SentRequest,
} from '../support/recorded-clients.ts';

const now = new Date('2026-11-02T09:00:00.999Z');
const seconds = Math.floor(now.getTime() / 1000);
const day = 24 * 60 * 60;
const refused = jsonError('ConditionalCheckFailedException', 'The conditional request failed');
const throttled = jsonError('ThrottlingException', 'too fast');

let clients: RecordedClients;
let table: ReturnType<typeof createImageTable>;
let overdue: ReturnType<typeof createOverdueTable>;

beforeEach(() => {
  clients = createRecordedClients();
  table = createImageTable(clients.table, 'images', { clock: () => now });
  overdue = createOverdueTable(clients.table, 'images');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The operation that was called, and what it was given. */
function sent(): [string | undefined, Record<string, unknown>][] {
  return clients.sent.map(({ headers, body }) => [headers['x-amz-target']?.split('.')[1], JSON.parse(body)]);
}

const tenMinutesAfter = (time: string) => new Date(Date.parse(time) + 600_000).toISOString();
const answered = (item: object) => ({
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(item),
});

describe('get', () => {
  it('reads what was written last, whoever wrote it', async () => {
    clients.answer(answered({ Item: { imageId: { S: 'one' }, superseded: { L: [{ S: 'key' }] } } }));

    expect(await table.get('one')).toEqual({ imageId: 'one', superseded: ['key'] });

    expect(sent()).toEqual([
      ['GetItem', { TableName: 'images', Key: { imageId: { S: 'one' } }, ConsistentRead: true }],
    ]);
  });

  it('throws an outage that names the call', async () => {
    clients.answer(throttled);

    await expect(table.get('one')).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'DynamoDB GetItem: too fast' },
    });
  });
});

describe('the owner of what no upload URL was issued for', () => {
  const operators = `own-${'a'.repeat(32)}`;
  const derived = `obj-${'b'.repeat(32)}`;
  const ownersWritten = () => sent().map(([, input]) => JSON.stringify(input['ExpressionAttributeValues']));

  beforeEach(() => {
    table = createImageTable(clients.table, 'images', { clock: () => now, unissuedOwner: operators });
    clients.answer(answered({ Attributes: {} }), answered({ Attributes: {} }));
  });

  it('is whom the operator names, whether the original comes or goes first', async () => {
    await table.claim(unitOf(derived), attempt);
    await table.markDeleted(removedAt(derived, sequencer), { messageId: 'm', receiveCount: 1 });

    for (const values of ownersWritten()) expect(values).toContain(operators);
  });

  it('is nobody where a URL was issued, and the record has gone since', async () => {
    const issued = '0199a3c4-7b1e-7c2d-8f3a-000000000001';

    await table.claim(unitOf(issued), attempt);
    await table.markDeleted(removedAt(issued, sequencer), { messageId: 'm', receiveCount: 1 });

    for (const values of ownersWritten()) {
      expect(values).not.toContain(operators);
      expect(values).toContain('unowned');
    }
  });
});

describe('create', () => {
  it('puts an image that is not there yet, without what it does not know', async () => {
    const { fileName: _name, ...record } = requested();

    await table.create(record);

    const [[operation, input] = []] = sent();
    expect(operation).toBe('PutItem');
    expect(input).toMatchObject({
      ...{ TableName: 'images', ConditionExpression: 'attribute_not_exists(imageId)' },
      Item: { imageId: { S: record.imageId }, overdueAt: { S: tenMinutesAfter(record.upload.expiresAt) } },
    });
  });

  it('takes its own repetition for done, and throws anything else', async () => {
    clients.answer(refused, jsonError('AccessDeniedException', 'not yours'));

    await expect(table.create(requested())).resolves.toBeUndefined();
    await expect(table.create(requested())).rejects.toMatchObject({
      ...{ code: 'internal', message: 'DynamoDB PutItem: not yours' },
    });
  });
});

describe('every change of an image', () => {
  const record = ready();
  const changes = {
    claim: () => table.claim(unitOf('one'), attempt),
    settle: () => table.settle(unitOf('one'), attempt, { state: 'rejected' }),
    markDeleted: () => table.markDeleted(removedAt('one', sequencer), { messageId: 'm', receiveCount: 1 }),
    markAnnounced: () => table.markAnnounced({ ...record, imageId: 'one' }, 'event'),
    expire: () => overdue.expire({ ...overdueImage(), imageId: 'one' }, now),
    fail: () => overdue.fail({ ...record, imageId: 'one' }, [], { code: 'internal', message: '' }, now),
    postpone: () => overdue.postpone({ ...record, imageId: 'one' }, now),
    unlist: () => overdue.unlist({ ...record, imageId: 'one' }),
    withdraw: () => table.withdraw('one'),
    moveCharge: () => table.moveCharge({ ...record, imageId: 'one' }, { bytes: 1 }, { isNew: true }),
  };

  it.each(Object.entries(changes))(
    '%s is one conditional write that answers with the item',
    async (name, change) => {
      clients.answer(answered({ Attributes: { imageId: { S: 'one' } } }));

      const answer = await change();

      const isAnswering = !['markAnnounced', 'postpone', 'unlist', 'withdraw'].includes(name);
      expect(answer).toEqual(isAnswering ? { imageId: 'one' } : undefined);
      expect(sent()).toMatchObject([
        [
          'UpdateItem',
          {
            ...{ TableName: 'images', Key: { imageId: { S: 'one' } }, ReturnValues: 'ALL_NEW' },
            ConditionExpression: expect.stringMatching(/./),
          },
        ],
      ]);
    },
  );

  it.each(Object.entries(changes))('%s answers nothing when it is refused', async (_name, change) => {
    clients.answer(refused);

    expect(await change()).toBeUndefined();
  });

  it.each(Object.entries(changes))(
    '%s waits for its write, and throws what went wrong',
    async (_name, change) => {
      clients.answer(throttled);

      await expect(change()).rejects.toMatchObject({
        ...{ code: 'dependency-unavailable', message: 'DynamoDB UpdateItem: too fast' },
      });
    },
  );
});

describe('time to live', () => {
  interface SentUpdate {
    readonly UpdateExpression: string;
    readonly ExpressionAttributeValues: Readonly<Record<string, { readonly N: string }>>;
  }
  const sentUpdate = () => JSON.parse(clients.sent[0]?.body ?? '') as SentUpdate;
  const timeToLive = () => Number(sentUpdate().ExpressionAttributeValues[':set_expiresAtSeconds']?.N);

  it('of a tombstone is 90 days, longer than any message lives', async () => {
    await table.markDeleted(removedAt('one', sequencer), { messageId: 'm', receiveCount: 1 });

    expect(timeToLive()).toBe(seconds + 90 * day);
  });

  it('of an expired image is 7 days, for its client to learn of it', async () => {
    await overdue.expire(overdueImage(), now);

    expect(timeToLive()).toBe(seconds + 7 * day);
  });

  it('ends when the original arrives', async () => {
    await table.claim(unitOf('one'), attempt);

    expect(sentUpdate().UpdateExpression).toMatch(/REMOVE #removed, #expired, #expiresAtSeconds$/);
  });

  it('is counted from the clock on the wall where a table is given none', async () => {
    await createImageTable(clients.table, 'images').markDeleted(removedAt('one', sequencer), {
      ...{ messageId: 'm', receiveCount: 1 },
    });

    expect(Math.abs(timeToLive() - (Date.now() / 1000 + 90 * day))).toBeLessThan(60);
  });
});

describe('the images of an owner', () => {
  const keys = (...imageIds: string[]) => imageIds.map((imageId) => ({ imageId: { S: imageId } }));
  const responses = (imageIds: readonly string[], unprocessed: readonly string[] = []) =>
    answered({
      Responses: { images: keys(...imageIds) },
      ...(unprocessed.length > 0 && { UnprocessedKeys: { images: { Keys: keys(...unprocessed) } } }),
    });
  const owners = () => createOwnersImages(clients.table, 'images');
  const asked = () => sent().map(([, input]) => (input['RequestItems'] as { images: unknown }).images);

  it('are asked of the index, newest first, from where the last page ended', async () => {
    const [imageId, createdAt] = ['one', now.toISOString()];
    clients.answer(answered({ Items: [{ imageId: { S: imageId }, createdAt: { S: createdAt } }] }));

    const after = { imageId: 'before', createdAt };
    expect(await owners().positions('own-1', 3, after)).toEqual([{ imageId, createdAt }]);

    expect(sent()).toEqual([
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
    clients.answer(responses(['one']), responses(['two']));

    expect([...(await owners().records(['one', 'two', 'gone'])).keys()]).toEqual(['one', 'two']);

    expect(asked()).toEqual([
      { Keys: keys('one', 'two', 'gone'), ConsistentRead: false },
      { Keys: keys('two', 'gone'), ConsistentRead: true },
    ]);
  });

  it('are asked for again where DynamoDB left some undone', async () => {
    clients.answer(responses(['one'], ['two']), responses(['two']));

    expect((await owners().records(['one', 'two'])).size).toBe(2);

    expect(asked()).toEqual([
      { Keys: keys('one', 'two'), ConsistentRead: false },
      { Keys: keys('two'), ConsistentRead: false },
    ]);
  });

  it('are out of reach where DynamoDB leaves them undone for ever', async () => {
    clients.answer(...Array.from({ length: 5 }, () => responses([], ['one'])));

    await expect(owners().records(['one'])).rejects.toMatchObject({ code: 'dependency-unavailable' });
    expect(asked()).toHaveLength(5);
  });

  it('are not asked for where there are none', async () => {
    expect((await owners().records([])).size).toBe(0);
    expect(sent()).toEqual([]);
  });
});

describe('the index of overdue images', () => {
  it('is asked shard by shard, each for its share', async () => {
    const ofShard = ({ body }: SentRequest) => {
      const { ':shard': shard } = JSON.parse(body).ExpressionAttributeValues;
      return answered({ Items: [{ imageId: { S: `of ${shard.S}` } }] });
    };
    clients.answer(...overdueShards.map(() => ofShard));

    expect(await overdue.list(now, 20)).toEqual(overdueShards.map((shard) => `of ${shard}`));

    expect(sent()).toHaveLength(8);
    expect(sent()).toEqual(
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
    expect(await overdue.list(now, 20)).toEqual([]);
  });

  it('throws what went wrong in any shard', async () => {
    clients.answer({}, throttled);

    await expect(overdue.list(now, 20)).rejects.toMatchObject({ message: 'DynamoDB Query: too fast' });
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
