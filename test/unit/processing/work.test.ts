// What a worker does with an upload: one claim, one outcome, told once.

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { OriginalGone } from '../../../shared/processing/ports.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import { ready } from '../../support/image-records.ts';
import {
  created,
  createWorld,
  delivery,
  imageId,
  newer,
  now,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const damaged = 'The file is damaged or incomplete';
const corrupt = new PermanentFailure('corrupt-image', 'premature end');
const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');
const failing = (error: unknown) => () => Promise.reject(error);
const status = async () => {
  const record = await world.record();
  return record && statusOf(record);
};

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
    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.deleted).toEqual([]);
  });

  it('makes the image ready when it was the last one owed, and the event is noted', async () => {
    await world.renditions(created(), delivery());
    await world.others(created());

    const record = await world.record();
    expect(await status()).toBe('ready');
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

  it('is done by the clock on the wall, and without anybody to measure it', async () => {
    const { images, imageEvents, queue } = world;
    const definition = { task: 'metadata', revision: '1', perform: async () => ({}) } as const;
    const process = createProcessor({ definition, table: images.table, imageEvents, queue });
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

describe('a file that is at fault', () => {
  beforeEach(() => {
    world.results.renditions = failing(corrupt);
  });

  it('is rejected at its first receive, told, and put into the DLQ with what an operator needs', async () => {
    const disposition = await world.renditions(created(), delivery());

    expect(disposition).toEqual({ kind: 'acknowledge' });
    expect(await world.record()).toMatchObject({
      renditionsTask: {
        ...{ state: 'rejected', failure: { code: 'corrupt-image', message: `${damaged}: premature end.` } },
      },
    });
    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.deadLetterMessages).toEqual([
      {
        body: 'the body',
        failureCode: 'corrupt-image',
        failureMessage: `${damaged}: premature end.`,
        imageId,
      },
    ]);
    expect(world.measured[0]).toEqual(['UnitsRejected', 1]);
  });

  it('is told of once when both workers reject it', async () => {
    world.results.metadata = failing(corrupt);

    await world.renditions(created(), delivery());
    const disposition = await world.metadata(created(), delivery());

    expect(disposition).toEqual({ kind: 'acknowledge' });
    expect(await world.record()).toMatchObject({ metadataTask: { state: 'rejected' } });
    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.deadLetterMessages).toHaveLength(1);
  });

  it('loses what was stored of the original before', async () => {
    const old = renditionsOf(created()).map(({ key }) => key);
    world.results.renditions = async (event) => ({ renditions: renditionsOf(event) });
    await world.renditions(created(), delivery());
    await world.keep(...old);
    world.results.renditions = failing(corrupt);

    await world.renditions(created({ sequencer: newer }), delivery());

    expect(await world.record()).toMatchObject({ superseded: old });
    expect(world.kept()).toEqual([]);
  });

  it('is rejected with nobody told of it when a newer original came meanwhile', async () => {
    world.results.renditions = async () => {
      await world.metadata(created({ sequencer: newer }), delivery());
      throw corrupt;
    };

    expect(await world.renditions(created(), delivery())).toEqual({ kind: 'acknowledge' });

    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.announcements()).toEqual([]);
    expect(world.measured.map(([metric]) => metric)).not.toContain('UnitsRejected');
  });
});

describe('a fault of the system', () => {
  it('is retried, and the unit stays claimed', async () => {
    world.results.renditions = failing(outage);

    const disposition = await world.renditions(created(), delivery({ receiveCount: 4 }));

    expect(disposition).toEqual({ kind: 'retry', failure: outage });
    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'running', receiveCount: 4 } });
    expect(world.measured).toEqual([]);
    expect(world.announcements()).toEqual([]);
  });

  it('fails the image at the last receive, tells of it, and leaves the message to SQS', async () => {
    world.results.renditions = failing(outage);

    const disposition = await world.renditions(created(), delivery({ receiveCount: 5 }));

    expect(disposition).toEqual({ kind: 'retry', failure: outage });
    expect(await world.record()).toMatchObject({
      renditionsTask: {
        ...{
          state: 'failed',
          failure: {
            code: 'dependency-unavailable',
            message: 'A service that this depends on was out of reach for too long.',
          },
        },
      },
    });
    expect(world.announcements()).toEqual(['image.failed']);
    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.measured[0]).toEqual(['UnitsFailed', 1]);
  });

  it('is internal when nobody classified it', async () => {
    world.results.renditions = failing(new RangeError('out of range'));

    const disposition = await world.renditions(created(), delivery({ receiveCount: 5 }));

    expect(disposition).toMatchObject({
      kind: 'retry',
      failure: { code: 'internal', message: 'out of range' },
    });
    expect(await world.record()).toMatchObject({ renditionsTask: { failure: { code: 'internal' } } });
  });

  it('deletes nothing, since a failed unit may be tried again', async () => {
    const old = renditionsOf(created()).map(({ key }) => key);
    await world.renditions(created(), delivery());
    await world.keep(...old);
    world.results.renditions = failing(outage);

    await world.renditions(created({ sequencer: newer }), delivery({ receiveCount: 5 }));

    expect(await world.record()).not.toHaveProperty('superseded');
    expect(world.kept()).toEqual(old);
  });

  it('is left to SQS as well when a newer original came meanwhile', async () => {
    world.results.renditions = async () => {
      await world.metadata(created({ sequencer: newer }), delivery());
      throw outage;
    };

    expect(await world.renditions(created(), delivery({ receiveCount: 5 }))).toEqual({
      ...{ kind: 'retry', failure: outage },
    });

    expect(world.announcements()).toEqual([]);
    expect(world.measured.map(([metric]) => metric)).not.toContain('UnitsFailed');
  });

  it('is thrown when the table is away, for whoever called', async () => {
    const away = new TransientFailure('dependency-unavailable', 'DynamoDB UpdateItem: SlowDown');
    world = createWorld({ table: { ...world.images.table, claim: failing(away) } });

    await expect(world.renditions(created(), delivery())).rejects.toBe(away);
    expect(world.performed).toEqual([]);
  });
});

describe('an image that failed', () => {
  beforeEach(async () => {
    world.results.renditions = failing(outage);
    await world.renditions(created(), delivery({ receiveCount: 5 }));
  });

  it('is told of no more when its other task ends, but is not overdue any more', async () => {
    await world.images.overdue.postpone((await world.record()) ?? ({} as never), now);
    await world.metadata(created(), delivery());

    expect(await status()).toBe('failed');
    expect(world.announcements()).toEqual(['image.failed']);
    expect(await world.record()).not.toHaveProperty('overdueAt');
  });

  it('is told of by whoever failed it, and not by its other task meanwhile', async () => {
    const { announced: _announced, ...record } = (await world.record()) ?? ready();
    await world.images.put(record);

    await world.metadata(created(), delivery());

    expect(world.announcements()).toEqual(['image.failed']);
    expect(await world.record()).not.toHaveProperty('announced');
  });

  it('becomes ready when its message is sent again', async () => {
    await world.others(created());
    world.results.renditions = async (event) => ({ renditions: renditionsOf(event) });

    await world.renditions(created(), delivery());

    expect(await status()).toBe('ready');
    expect(world.announcements()).toEqual(['image.failed', 'image.ready']);
  });

  it('is rejected when its other task finds the file at fault, and that is told', async () => {
    world.results.metadata = failing(corrupt);

    await world.metadata(created(), delivery());

    expect(world.announcements()).toEqual(['image.failed', 'image.rejected']);
  });
});

describe('an original that is gone', () => {
  it('is acknowledged without an outcome: its removal has an event of its own', async () => {
    world.results.renditions = failing(new OriginalGone('gone'));

    expect(await world.renditions(created(), delivery({ receiveCount: 5 }))).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'running' } });
    expect(world.measured).toEqual([]);
    expect(world.announcements()).toEqual([]);
  });
});
