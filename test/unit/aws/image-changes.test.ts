// What a change of an image sends to DynamoDB beside its condition, whichever adapter makes it: one write that answers with
// the item, is refused in silence and throws an outage; and how long what it leaves lives.

import { describe, expect, it } from 'vitest';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { attempt, removedAt, sequencer, unitOf } from '../../support/contracts/image-table/units.ts';
import { overdue as overdueImage, ready } from '../../support/image-records.ts';
import { answered, now, refused, throttled, useRecordedTables } from '../support/recorded-tables.ts';

const recorded = useRecordedTables();
const seconds = Math.floor(now.getTime() / 1000);
const day = 24 * 60 * 60;

describe('every change of an image', () => {
  const record = ready();
  const changes = {
    claim: () => recorded().table.claim(unitOf('one'), attempt),
    settle: () => recorded().table.settle(unitOf('one'), attempt, { state: 'rejected' }),
    markDeleted: () =>
      recorded().table.markDeleted(removedAt('one', sequencer), { messageId: 'm', receiveCount: 1 }),
    markAnnounced: () => recorded().table.markAnnounced({ ...record, imageId: 'one' }, 'event'),
    expire: () => recorded().overdue.expire({ ...overdueImage(), imageId: 'one' }, now),
    fail: () =>
      recorded().overdue.fail({ ...record, imageId: 'one' }, [], { code: 'internal', message: '' }, now),
    postpone: () => recorded().overdue.postpone({ ...record, imageId: 'one' }, now),
    unlist: () => recorded().overdue.unlist({ ...record, imageId: 'one' }),
    withdraw: () => recorded().table.withdraw('one'),
    moveCharge: () =>
      recorded().table.moveCharge({ ...record, imageId: 'one' }, { bytes: 1 }, { isNew: true }),
  };

  it.each(Object.entries(changes))(
    '%s is one conditional write that answers with the item',
    async (name, change) => {
      recorded().clients.answer(answered({ Attributes: { imageId: { S: 'one' } } }));

      const answer = await change();

      const isAnswering = !['markAnnounced', 'postpone', 'unlist', 'withdraw'].includes(name);
      expect(answer).toEqual(isAnswering ? { imageId: 'one' } : undefined);
      expect(recorded().sent()).toMatchObject([
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
    recorded().clients.answer(refused);

    expect(await change()).toBeUndefined();
  });

  it.each(Object.entries(changes))(
    '%s waits for its write, and throws what went wrong',
    async (_name, change) => {
      recorded().clients.answer(throttled);

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
  const sentUpdate = () => JSON.parse(recorded().clients.sent[0]?.body ?? '') as SentUpdate;
  const timeToLive = () => Number(sentUpdate().ExpressionAttributeValues[':set_expiresAtSeconds']?.N);

  it('of a tombstone is 90 days, longer than any message lives', async () => {
    await recorded().table.markDeleted(removedAt('one', sequencer), { messageId: 'm', receiveCount: 1 });

    expect(timeToLive()).toBe(seconds + 90 * day);
  });

  it('of an expired image is 7 days, for its client to learn of it', async () => {
    await recorded().overdue.expire(overdueImage(), now);

    expect(timeToLive()).toBe(seconds + 7 * day);
  });

  it('ends when the original arrives', async () => {
    await recorded().table.claim(unitOf('one'), attempt);

    expect(sentUpdate().UpdateExpression).toMatch(/REMOVE #removed, #expired, #expiresAtSeconds$/);
  });

  it('is counted from the clock on the wall where a table is given none', async () => {
    await createImageTable(recorded().clients.table, 'images').markDeleted(removedAt('one', sequencer), {
      ...{ messageId: 'm', receiveCount: 1 },
    });

    expect(Math.abs(timeToLive() - (Date.now() / 1000 + 90 * day))).toBeLessThan(60);
  });
});
