// What a worker does with an upload that it can do: one claim, one result, told once.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { createJournal, untimed } from '../../../shared/processing/journal.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  failing,
  newer,
  now,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

describe('a task that is done', () => {
  it('is recorded and measured, and nobody is told while another task is owed', async () => {
    const disposition = await world.renditions(created(), delivery({ attemptId: 'first' }));

    expect(disposition).toEqual({ kind: 'acknowledge' });
    expect(await world.record()).toMatchObject({
      renditions: renditionsOf(created()),
      renditionsTask: { state: 'done', attemptId: 'first', revision: '1' },
    });
    expect(world.measured).toEqual([
      ['UnitsDone', 1],
      ['UnitDuration', 0],
    ]);
    expect(world.announcements()).toEqual([]);
    expect(world.queue.rejectedMessages).toEqual([]);
    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.deleted).toEqual([]);
  });

  it('makes the image ready when it was the last one owed, and the event is noted', async () => {
    await world.renditions(created(), delivery());
    await world.others(created());

    const record = await world.record();
    expect(await world.status()).toBe('ready');
    expect(world.imageEvents.published).toEqual([record && imageEventOf(record)]);
    expect(record?.announced).toBe(world.imageEvents.published[0]?.eventId);
    expect(record).not.toHaveProperty('overdueAt');
  });

  it('is told whose the original is, has until a second before the function’s own end, and may measure', async () => {
    const told: unknown[] = [];
    world.results.renditions = async (event, measure, circumstances) => {
      told.push(circumstances);
      measure('OriginalBytesRead', 1);
      return { renditions: renditionsOf(event) };
    };

    await world.renditions(created(), delivery({ leaseUntil: 60_000 }));

    expect(told).toEqual([{ ownerId: (await world.record())?.ownerId, endsAt: 59_000 }]);
    expect(world.measured[0]).toEqual(['OriginalBytesRead', 1]);
  });

  it('measures from claim to settlement', async () => {
    let seconds = 0;
    world = createWorld({
      clock: () => {
        seconds += 2;
        return new Date(now.getTime() + seconds * 1000);
      },
    });

    await world.renditions(created(), delivery());

    expect(world.measured).toContainEqual(['UnitDuration', 2000]);
  });

  it('measures the steps that it took, by the times that the log has', async () => {
    let now = 0;
    const journal = createJournal(() => now);
    const taking = (milliseconds: number) => async () => {
      now += milliseconds;
    };
    world.results.renditions = async (event, _measure, _circumstances, time = untimed) => {
      await time('fetch', taking(20));
      await time('develop', taking(130));
      await time('store', taking(40));
      return { renditions: renditionsOf(event) };
    };

    await world.renditions(created(), delivery(), journal);

    expect(world.measured.slice(-3)).toEqual([
      ['FetchDuration', 20],
      ['DevelopDuration', 130],
      ['StoreDuration', 40],
    ]);
    expect(journal.handled().milliseconds).toMatchObject({ fetch: 20, develop: 130, store: 40 });
  });

  it('measures how long an upload took to be ready, once, and only of what becomes ready', async () => {
    const event = created({ storedAt: now.getTime() - 1500 });
    await world.renditions(event, delivery());
    expect(world.measured.map(([metric]) => metric)).not.toContain('UploadToReady');
    await world.others(event);
    await world.others(event);

    expect(world.measured.filter(([metric]) => metric === 'UploadToReady')).toEqual([
      ['UploadToReady', 1500],
    ]);
  });

  it('measures nothing of an original that S3 has not told of, nor of one that is rejected', async () => {
    await world.renditions(created(), delivery());
    await world.others(created());
    const rejecting = createWorld();
    rejecting.results.renditions = failing(corrupt);
    await rejecting.renditions(created({ storedAt: now.getTime() - 1500 }), delivery());

    expect(await world.status()).toBe('ready');
    expect(await rejecting.status()).toBe('rejected');
    const metrics = [...world.measured, ...rejecting.measured].map(([metric]) => metric);
    expect(metrics).not.toContain('UploadToReady');
  });

  it('takes no upload for ready before it was stored, however the clocks differ', async () => {
    const event = created({ storedAt: now.getTime() + 200 });
    await world.renditions(event, delivery());
    await world.others(event);

    expect(world.measured).toContainEqual(['UploadToReady', 0]);
  });

  it('is done by the clock on the wall, and without anybody to measure it', async () => {
    const { images, ledger, imageEvents, queue } = world;
    const definition = { task: 'metadata', revision: '1', perform: async () => ({}) } as const;
    const process = createProcessor({ definition, table: images.table, ledger, imageEvents, queue });
    vi.useFakeTimers({ toFake: ['Date'], now: now.getTime() + 10_000 });
    const held = delivery({ leaseUntil: now.getTime() + 30_000 });
    await images.table.claim({ task: 'metadata', event: created(), revision: '1' }, held);

    const whileHeld = await process(created(), held);
    const ofAnother = await process(created({ imageId: 'another' }), delivery());
    vi.useRealTimers();

    expect(whileHeld).toEqual({ kind: 'retry', afterSeconds: 20 });
    expect(ofAnother).toEqual({ kind: 'acknowledge' });
  });

  it('deletes what a newer original replaces, and says beforehand what that is', async () => {
    const old = renditionsOf(created()).map(({ key }) => key);
    await world.renditions(created(), delivery());
    await world.keep(...old, 'other');

    await world.renditions(created({ sequencer: newer }), delivery());

    expect(await world.record()).toMatchObject({
      ...{ superseded: old, renditions: renditionsOf(created({ sequencer: newer })) },
    });
    expect(world.kept()).toEqual(['other']);
  });

  it('deletes nothing that it stored again', async () => {
    const keys = renditionsOf(created()).map(({ key }) => key);
    await world.renditions(created(), delivery());
    await world.keep(...keys);

    await world.workerOf('renditions', '2')(created(), delivery());

    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'done', revision: '2' } });
    expect(await world.record()).not.toHaveProperty('superseded');
    expect(world.kept()).toEqual(keys);
  });

  it('is told anew when an image that was ready is so at another revision', async () => {
    await world.renditions(created(), delivery());
    await world.others(created());

    await world.workerOf('renditions', '2')(created(), delivery());

    expect(world.announcements()).toEqual(['image.ready', 'image.ready']);
    expect(new Set(world.imageEvents.published.map(({ eventId }) => eventId)).size).toBe(2);
    expect(await world.record()).not.toHaveProperty('overdueAt');
  });
});
