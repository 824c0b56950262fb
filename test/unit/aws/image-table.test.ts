// What the adapter of the images table sends to DynamoDB beside its conditions, which are held to a contract of their own
// (test/delivery/image-table.test.ts): consistent reads, the owner, what is put, and what is thrown.

import { beforeEach, describe, expect, it } from 'vitest';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import {
  attempt,
  removedAt,
  requested,
  sequencer,
  unitOf,
} from '../../support/contracts/image-table/units.ts';
import { jsonError } from '../support/recorded-clients.ts';
import { answered, now, refused, throttled, useRecordedTables } from '../support/recorded-tables.ts';

const recorded = useRecordedTables();
const tenMinutesAfter = (time: string) => new Date(Date.parse(time) + 600_000).toISOString();

describe('get', () => {
  it('reads what was written last, whoever wrote it', async () => {
    recorded().clients.answer(
      answered({ Item: { imageId: { S: 'one' }, superseded: { L: [{ S: 'key' }] } } }),
    );

    expect(await recorded().table.get('one')).toEqual({ imageId: 'one', superseded: ['key'] });

    expect(recorded().sent()).toEqual([
      ['GetItem', { TableName: 'images', Key: { imageId: { S: 'one' } }, ConsistentRead: true }],
    ]);
  });

  it('throws an outage that names the call', async () => {
    recorded().clients.answer(throttled);

    await expect(recorded().table.get('one')).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'DynamoDB GetItem: too fast' },
    });
  });
});

describe('the owner of what no upload URL was issued for', () => {
  const operators = `own-${'a'.repeat(32)}`;
  const derived = `obj-${'b'.repeat(32)}`;
  const ownersWritten = () =>
    recorded()
      .sent()
      .map(([, input]) => JSON.stringify(input['ExpressionAttributeValues']));

  let table: ReturnType<typeof createImageTable>;

  beforeEach(() => {
    table = createImageTable(recorded().clients.table, 'images', {
      clock: () => now,
      unissuedOwner: operators,
    });
    recorded().clients.answer(answered({ Attributes: {} }), answered({ Attributes: {} }));
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

    await recorded().table.create(record);

    const [[operation, input] = []] = recorded().sent();
    expect(operation).toBe('PutItem');
    expect(input).toMatchObject({
      ...{ TableName: 'images', ConditionExpression: 'attribute_not_exists(imageId)' },
      Item: { imageId: { S: record.imageId }, overdueAt: { S: tenMinutesAfter(record.upload.expiresAt) } },
    });
  });

  it('takes its own repetition for done, and throws anything else', async () => {
    recorded().clients.answer(refused, jsonError('AccessDeniedException', 'not yours'));

    await expect(recorded().table.create(requested())).resolves.toBeUndefined();
    await expect(recorded().table.create(requested())).rejects.toMatchObject({
      ...{ code: 'internal', message: 'DynamoDB PutItem: not yours' },
    });
  });
});
