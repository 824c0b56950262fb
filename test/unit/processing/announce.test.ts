// Telling the world once: published first and noted second, and no call more than that takes.

import { beforeEach, describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { announceOnce } from '../../../shared/processing/announce.ts';
import { processing, ready } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents } from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';

let calls: string[];
const { get, moveCharge } = createMemoryImages().table;
const ledger = createMemoryLedger();
const table = {
  ...{ get, moveCharge },
  async markAnnounced(_record: unknown, eventId: string) {
    calls.push(`note ${eventId}`);
  },
};
const imageEvents = {
  async publish({ eventId }: { readonly eventId: string }) {
    calls.push(`publish ${eventId}`);
  },
};
const idOf = (record: ReturnType<typeof ready>) => imageEventOf(record)?.eventId ?? '';

beforeEach(() => {
  calls = [];
});

describe('announceOnce', () => {
  it('publishes the event of a settled image, and then notes it', async () => {
    const record = ready();

    await announceOnce({ table, ledger, imageEvents }, record, 'me');

    expect(calls).toEqual([`publish ${idOf(record)}`, `note ${idOf(record)}`]);
  });

  it('does nothing while work goes on', async () => {
    await announceOnce({ table, ledger, imageEvents }, processing(), 'me');

    expect(calls).toEqual([]);
  });

  it('only notes what is known to be published, while the image is still listed as overdue', async () => {
    const record = ready();

    await announceOnce({ table, ledger, imageEvents }, { ...record, announced: idOf(record) }, 'me');

    expect(calls).toEqual([`note ${idOf(record)}`]);
  });

  it('does nothing where all is noted', async () => {
    const { overdueAt: _at, overdueShard: _shard, ...record } = ready();

    await announceOnce({ table, ledger, imageEvents }, { ...record, announced: idOf(record) }, 'me');

    expect(calls).toEqual([]);
  });

  it('notes nothing that it could not publish', async () => {
    const broken = { publish: () => Promise.reject(new Error('SNS is away')) };

    await expect(announceOnce({ table, ledger, imageEvents: broken }, ready(), 'me')).rejects.toThrow(
      'SNS is away',
    );

    expect(calls).toEqual([]);
  });

  it('throws what it could not note, for the message to come again', async () => {
    const broken = { ...table, markAnnounced: () => Promise.reject(new Error('no table')) };

    await expect(
      announceOnce({ table: broken, ledger, imageEvents: createMemoryImageEvents() }, ready(), 'me'),
    ).rejects.toThrow('no table');
  });
});
