// What a worker does with a unit that is not to be had: duplicates go, what was cut short is ended, what is held waits.

import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure } from '../../../shared/domain/errors.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { ready, sequencer } from '../../support/image-records.ts';
import {
  created,
  createWorld,
  delivery,
  derivedId,
  imageId,
  newer,
  now,
  older,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const failure = { code: 'corrupt-image', message: 'premature end' } as const;

/** The image as another attempt left it, every other task done. */
async function left(task: Partial<TaskRecord>, changes: Partial<ImageRecord> = {}): Promise<ImageRecord> {
  const record = ready({
    ...{ imageId, updatedAt: now.toISOString(), sequencer },
    renditionsTask: {
      ...{
        state: 'done',
        sequencer,
        revision: '1',
        attemptId: 'other',
        messageId: 'message',
        receiveCount: 1,
      },
      ...{ leaseUntil: now.getTime() + 30_000 },
      ...task,
    },
    ...changes,
  });
  await world.images.put(record);
  return record;
}

const receive = (receiveCount: number, messageId = 'message') =>
  world.renditions(created(), delivery({ messageId, receiveCount }));

describe('a duplicate', () => {
  it.each(['done', 'rejected', 'running'] as const)(
    'of a unit that is %s is acknowledged, and changes nothing',
    async (state) => {
      const record = await left({ state, ...(state === 'rejected' && { failure }) });

      expect(await receive(1, 'duplicate')).toEqual({ kind: 'acknowledge' });

      expect(await world.record()).toEqual(record);
      expect(world.performed).toEqual([]);
      expect(world.announcements()).toEqual([]);
      expect(world.queue.deadLetterMessages).toEqual([]);
    },
  );

  it('of a unit that is settled finishes nothing, however often it was received', async () => {
    const record = await left({});

    expect(await receive(3, 'duplicate')).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toEqual(record);
    expect(world.announcements()).toEqual([]);
  });
});

describe('the message that holds a unit', () => {
  it.each([
    [30_000, 30],
    [30_001, 31],
    [29_999, 30],
    [1, 1],
    [0, 1],
  ])('comes again when the lease of its other receive ends: in %i ms', async (milliseconds, afterSeconds) => {
    await left({ state: 'running', leaseUntil: now.getTime() + milliseconds });

    expect(await receive(1)).toEqual({ kind: 'retry', afterSeconds });
  });

  it('waits at least a second, though the lease ended while it was looked at', async () => {
    const record = await left({ state: 'running', leaseUntil: now.getTime() - 5000 });
    world = createWorld({
      table: { ...world.images.table, claim: async () => undefined, get: async () => record },
    });

    expect(await receive(1)).toEqual({ kind: 'retry', afterSeconds: 1 });
  });
});

describe('a settled unit whose message comes again', () => {
  it('is finished: what was superseded is deleted, and consumers are told', async () => {
    await left({}, { superseded: ['old'] });
    await world.keep('old', 'other');

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready']);
    expect(world.deleted).toEqual(['old']);
    expect(await world.record()).not.toHaveProperty('overdueAt');
    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.performed).toEqual([]);
  });

  it('is finished where nothing was superseded, and where the worker keeps no objects', async () => {
    const { renditionsTask } = await left({});
    await left({}, { metadataTask: { ...renditionsTask, messageId: 'its own' } as TaskRecord });

    await receive(2);
    await world.metadata(created(), delivery({ messageId: 'its own', receiveCount: 2 }));

    expect(world.announcements()).toEqual(['image.ready']);
    expect(world.deleted).toEqual([]);
  });

  it('is left to SQS where it failed', async () => {
    const record = await left({ state: 'failed', failure });
    world = createWorld({
      table: { ...world.images.table, claim: async () => undefined, get: async () => record },
    });

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.queue.deadLetterMessages).toEqual([]);
    expect(world.announcements()).toEqual(['image.failed']);
  });

  it('is put into the DLQ once more where it was rejected, since nobody knows whether it is there', async () => {
    await left({ state: 'rejected', failure });

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.deadLetterMessages).toEqual([
      { body: 'the body', failureCode: 'corrupt-image', failureMessage: 'premature end', imageId },
    ]);
  });

  it('is put into no DLQ where another task told of the rejection', async () => {
    await left({ state: 'rejected' });

    await receive(2);

    expect(world.queue.deadLetterMessages).toEqual([]);
  });

  it('is left alone by the very receive that settled it', async () => {
    const record = await left({ receiveCount: 2 }, { superseded: ['old'] });
    await world.keep('old');

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toEqual(record);
    expect(world.kept()).toEqual(['old']);
    expect(world.announcements()).toEqual([]);
  });
});

describe('a unit that was overtaken', () => {
  const keys = renditionKeys(imageId, sequencer, variants);

  it('has its objects deleted and is acknowledged, when it comes late', async () => {
    await left({ sequencer: newer }, { sequencer: newer });
    await world.keep(...keys, 'other');

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.performed).toEqual([]);
  });

  it('has its objects deleted when its task was last done for an older original', async () => {
    const record = await left({ sequencer: older });
    world = createWorld({
      table: { ...world.images.table, claim: async () => undefined, get: async () => record },
    });
    await world.keep(...keys);

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual([]);
  });

  it('has its objects deleted when a newer original came while it was worked on', async () => {
    world.results.renditions = async () => {
      await world.keep(...keys, 'other');
      await world.metadata(created({ sequencer: newer }), delivery());
      return {};
    };

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.measured.filter(([metric]) => metric === 'UnitsDone')).toHaveLength(1);
  });

  it('has its objects deleted when its record is gone', async () => {
    world = createWorld({ table: { ...world.images.table, claim: async () => undefined } });
    await world.keep(...keys);

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual([]);
  });

  it('leaves the original alone, which is the newer one’s', async () => {
    await left({ sequencer: newer }, { sequencer: newer });
    await world.originals.put(created().key, Buffer.from('the newer one'));

    await receive(1);

    expect(await world.originals.find(imageId)).toBeDefined();
  });

  it('leaves the original alone where its image was removed and nobody had issued a URL for it', async () => {
    const removed = { messageId: 'm', receiveCount: 1 };
    await left({ sequencer: newer }, { imageId: derivedId, sequencer: newer, removed });
    await world.originals.put(originalKey(derivedId), Buffer.from('somebody’s'));

    await world.renditions(created({ imageId: derivedId }), delivery());

    expect(await world.originals.find(derivedId)).toBeDefined();
  });

  it('is acknowledged by a worker that keeps no objects', async () => {
    await left({ sequencer: newer }, { sequencer: newer });

    expect(await world.metadata(created(), delivery())).toEqual({ kind: 'acknowledge' });
  });
});

describe('a unit that was lost to another attempt', () => {
  it('is settled once, and as nothing else, where it was done', async () => {
    const outcomes: string[] = [];
    const { table } = world.images;
    world = createWorld({
      table: {
        ...table,
        async settle(_unit, _attempt, { state }) {
          outcomes.push(state);
          return undefined;
        },
      },
    });

    await receive(1);

    expect(outcomes).toEqual(['done']);
  });

  it('is settled by that one alone', async () => {
    world.results.renditions = async () => {
      await left({ attemptId: 'another', messageId: 'another' });
      throw new PermanentFailure('corrupt-image', 'premature end');
    };

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'done', attemptId: 'another' } });
    expect(world.queue.deadLetterMessages).toEqual([]);
  });
});
