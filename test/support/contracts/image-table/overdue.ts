// An images table lists who is overdue, and settles what no worker lived to unless somebody did.

import { describe, expect, it } from 'vitest';
import type { ImageRecord } from '../../../../shared/domain/image-record.ts';
import { statusOf } from '../../../../shared/domain/status.ts';
import type { TaskFailure } from '../../../../shared/domain/tasks.ts';
import type { Steps } from './steps.ts';
import {
  attempt,
  later,
  metadataDone,
  newer,
  now,
  older,
  overdueAt,
  runningAt,
  sequencer,
  unitOf,
} from './units.ts';

export function overdueImages({ images, stored, ended, expectRefusal }: Steps): void {
  describe('overdue images', () => {
    const early = new Date('2020-01-01T00:00:00.000Z');

    it('are listed from the moment on that they are overdue, and not before', async () => {
      const { imageId } = await stored({ overdueShard: '3', overdueAt: early.toISOString() });

      expect(await images().overdue.list(early, 100)).toContain(imageId);
      expect(await images().overdue.list(new Date(early.getTime() - 1), 100)).not.toContain(imageId);
    });

    it('are listed whatever shard they are in, and no more of them than asked for', async () => {
      const at = new Date('2019-01-01T00:00:00.000Z');
      const records = await Promise.all(
        Array.from({ length: 8 }, (_, shard) =>
          stored({ overdueShard: String(shard), overdueAt: at.toISOString() }),
        ),
      );
      const imageIds = records.map(({ imageId }) => imageId);

      expect((await images().overdue.list(at, 8)).toSorted()).toEqual(imageIds.toSorted());
      const few = await images().overdue.list(at, 3);
      expect(few).toHaveLength(3);
      expect(imageIds).toEqual(expect.arrayContaining(few));
      await Promise.all(records.map((record) => images().overdue.postpone(record, later(0))));
    });

    it('are listed with the longest overdue of a shard first', async () => {
      const at = new Date('2018-01-01T00:00:00.000Z');
      const [second, first] = [
        await stored({ overdueShard: '5', overdueAt: at.toISOString() }),
        await stored({ overdueShard: '5', overdueAt: new Date(at.getTime() - 1).toISOString() }),
      ];

      const found = await images().overdue.list(at, 8);

      // One of eight in eight shards is the share of each.
      expect(found[0]).toBe(first.imageId);
      await Promise.all([first, second].map((record) => images().overdue.postpone(record, later(0))));
    });

    it('can be put off, unless somebody has moved them', async () => {
      const record = await stored({ overdueShard: '1', overdueAt });

      await images().overdue.postpone({ ...record, overdueAt: later(1).toISOString() }, later(5));
      await images().overdue.postpone({ ...record, metadataTask: runningAt(sequencer) }, later(5));
      expect(await images().table.get(record.imageId)).toEqual(record);

      await images().overdue.postpone(record, later(5));
      expect(await images().table.get(record.imageId)).toEqual({
        ...record,
        overdueAt: later(5).toISOString(),
        overdueShard: expect.any(String),
      });
    });
  });

  describe('expire', () => {
    it('makes an image expired whose URL ran out, and leaves it on the list', async () => {
      const record = await stored({ overdueShard: '1', overdueAt });

      const expired = await images().overdue.expire(record, later(1));

      expect(expired && statusOf(expired)).toBe('expired');
      expect(expired).toMatchObject({ updatedAt: later(1).toISOString(), fileName: 'IMG_1.jpg' });
      expect(expired).toMatchObject({ overdueAt, overdueShard: '1' });
      expect(await images().table.get(record.imageId)).toEqual(expired);
    });

    it.each([
      ['whose original has arrived', { sequencer }],
      ['that was put off', { overdueAt: later(1).toISOString() }],
    ])('refuses one %s', async (_what, changes) => {
      const record = await stored({ overdueShard: '1', overdueAt });
      await images().put({ ...record, ...changes });

      await expectRefusal(record.imageId, () => images().overdue.expire(record, now));
    });
  });

  describe('unlist', () => {
    it('takes an image off the list, unless somebody has moved it', async () => {
      const record = await stored({ overdueShard: '1', overdueAt });

      await images().overdue.unlist({ ...record, overdueAt: later(1).toISOString() });
      expect(await images().table.get(record.imageId)).toEqual(record);

      await images().overdue.unlist(record);
      const { overdueAt: _at, overdueShard: _shard, ...unlisted } = record;
      expect(await images().table.get(record.imageId)).toEqual(unlisted);
    });
  });

  describe('fail', () => {
    const abandoned: TaskFailure = { code: 'internal', message: 'no retry is left' };

    it('fails the tasks that are named, and leaves the others', async () => {
      const { imageId } = await ended(metadataDone, { task: 'metadata' });
      const record = await images().table.claim(unitOf(imageId), attempt);

      const after = record && (await images().overdue.fail(record, ['renditions'], abandoned, later(1)));

      expect(after).toEqual({
        ...record,
        updatedAt: later(1).toISOString(),
        renditionsTask: { ...record?.renditionsTask, state: 'failed', failure: abandoned },
      });
      expect(await images().table.get(imageId)).toEqual(after);
    });

    it.each([
      ['that nobody claimed', {}],
      [
        'that was claimed for the original before',
        { metadataTask: { ...runningAt(older), state: 'done' as const } },
      ],
    ])('fails a task %s, so that its message is new work when it comes', async (_what, changes) => {
      const record = await stored({ sequencer, overdueShard: '1', overdueAt, ...changes });

      const after = await images().overdue.fail(record, ['renditions', 'metadata'], abandoned, now);

      for (const task of [after?.renditionsTask, after?.metadataTask]) {
        expect(task).toMatchObject({ state: 'failed', sequencer, failure: abandoned, receiveCount: 0 });
      }
      expect(await images().table.claim(unitOf(record.imageId), attempt)).toMatchObject({
        renditionsTask: { state: 'running', attemptId: 'attempt' },
      });
    });

    const running = { renditionsTask: runningAt(sequencer), metadataTask: runningAt(sequencer) };
    it.each<[string, Partial<ImageRecord>, Partial<ImageRecord>]>([
      ['has a newer original', running, { sequencer: newer }],
      ['was put off', running, { overdueAt: later(1).toISOString() }],
      [
        'is worked on by another attempt',
        running,
        { renditionsTask: { ...runningAt(sequencer), attemptId: 'other' } },
      ],
      ['is settled', running, { metadataTask: { ...runningAt(sequencer), state: 'done' } }],
      ['was claimed at last', {}, { metadataTask: runningAt(sequencer) }],
    ])('refuses an image that %s', async (_what, before, since) => {
      const record = await stored({ sequencer, overdueShard: '1', overdueAt, ...before });
      await images().put({ ...record, ...since });

      const write = () => images().overdue.fail(record, ['renditions', 'metadata'], abandoned, now);
      await expectRefusal(record.imageId, write);
    });
  });
}
