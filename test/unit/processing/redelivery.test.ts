// What a worker does with a message that comes again: duplicates go, what is held waits, what was cut short is ended.

import { beforeEach, describe, expect, it } from 'vitest';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';
import { created, createWorld, delivery, imageId, now, type World } from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const failure = { code: 'corrupt-image', message: 'premature end' } as const;

const receive = (receiveCount: number, messageId = 'message') =>
  world.renditions(created(), delivery({ messageId, receiveCount }));

describe('a duplicate', () => {
  it.each(['done', 'rejected', 'running'] as const)(
    'of a unit that is %s is acknowledged, and changes nothing',
    async (state) => {
      const record = await world.left({ state, ...(state === 'rejected' && { failure }) });

      expect(await receive(1, 'duplicate')).toEqual({ kind: 'acknowledge' });

      expect(await world.record()).toEqual(record);
      expect(world.performed).toEqual([]);
      expect(world.announcements()).toEqual([]);
      expect(world.queue.rejectedMessages).toEqual([]);
    },
  );

  it('of a unit that is settled finishes nothing, however often it was received', async () => {
    const record = await world.left({});

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
    await world.left({ state: 'running', leaseUntil: now.getTime() + milliseconds });

    expect(await receive(1)).toEqual({ kind: 'retry', afterSeconds });
  });

  it('waits at least a second, though the lease ended while it was looked at', async () => {
    const record = await world.left({ state: 'running', leaseUntil: now.getTime() - 5000 });
    world = createWorld({
      table: { ...world.images.table, claim: async () => undefined, get: async () => record },
    });

    expect(await receive(1)).toEqual({ kind: 'retry', afterSeconds: 1 });
  });
});

describe('a settled unit whose message comes again', () => {
  it('is finished: what was superseded is deleted, and consumers are told', async () => {
    await world.left({}, { superseded: ['old'] });
    await world.keep('old', 'other');

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready']);
    expect(world.deleted).toEqual(['old']);
    expect(await world.record()).not.toHaveProperty('overdueAt');
    expect(world.queue.rejectedMessages).toEqual([]);
    expect(world.performed).toEqual([]);
  });

  it('is finished where nothing was superseded, and where the worker keeps no objects', async () => {
    const { renditionsTask } = await world.left({});
    await world.left({}, { metadataTask: { ...renditionsTask, messageId: 'its own' } as TaskRecord });

    await receive(2);
    await world.metadata(created(), delivery({ messageId: 'its own', receiveCount: 2 }));

    expect(world.announcements()).toEqual(['image.ready']);
    expect(world.deleted).toEqual([]);
  });

  it('is left to SQS where it failed', async () => {
    const record = await world.left({ state: 'failed', failure });
    world = createWorld({
      table: { ...world.images.table, claim: async () => undefined, get: async () => record },
    });

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.queue.rejectedMessages).toEqual([]);
    expect(world.announcements()).toEqual(['image.failed']);
  });

  it('is put among the rejections once more where it was rejected, since nobody knows whether it is there', async () => {
    await world.left({ state: 'rejected', failure });

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(world.announcements()).toEqual(['image.rejected']);
    expect(world.queue.rejectedMessages).toEqual([
      { body: 'the body', failureCode: 'corrupt-image', failureMessage: 'premature end', imageId },
    ]);
  });

  it('is not put among the rejections where another task told of it', async () => {
    await world.left({ state: 'rejected' });

    await receive(2);

    expect(world.queue.rejectedMessages).toEqual([]);
  });

  it('is left alone by the very receive that settled it', async () => {
    const record = await world.left({ receiveCount: 2 }, { superseded: ['old'] });
    await world.keep('old');

    expect(await receive(2)).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toEqual(record);
    expect(world.kept()).toEqual(['old']);
    expect(world.announcements()).toEqual([]);
  });
});
