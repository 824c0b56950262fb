// What a worker notes of each event: what it came to, whichever way it went, and how long its steps took.

import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../shared/processing/journal.ts';
import { OriginalGone } from '../../../shared/processing/ports.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  failing,
  newer,
  older,
  outage,
  removedAt,
  type World,
} from '../support/worker-world.ts';

describe('a journal', () => {
  it('sums up each step, also one that fails, and knows the whole', async () => {
    let now = 1000;
    const { time, handled } = createJournal(() => now);
    const taking = (milliseconds: number) => async () => {
      now += milliseconds;
    };

    await time('fetch', taking(10));
    await time('fetch', taking(5));
    const broken = time('develop', async () => {
      now += 7;
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
    now += 3;

    expect(handled()).toEqual({
      outcome: 'will retry',
      milliseconds: { fetch: 15, develop: 7, total: 25 },
    });
  });
});

describe('what an event came to', () => {
  /** What the renditions worker noted of it. */
  async function noted(
    world: World,
    event: ReturnType<typeof created> | ReturnType<typeof removedAt> = created(),
    receive = delivery(),
    worker = world.renditions,
  ) {
    const journal = createJournal();
    await worker(event, receive, journal);
    const { milliseconds, ...handled } = journal.handled();
    return { ...handled, steps: Object.keys(milliseconds) };
  }

  const ending = (result: unknown) => {
    const world = createWorld();
    world.results.renditions = failing(result);
    return world;
  };

  it('is done, with the steps that it took', async () => {
    expect(await noted(createWorld())).toEqual({
      outcome: 'done',
      steps: ['claim', 'settle', 'announce', 'total'],
    });
  });

  it('is done, with the bytes that were fetched, and with nothing else that was measured', async () => {
    const world = createWorld();
    world.results.renditions = async (_event, measure) => {
      measure('OriginalBytesRead', 4711);
      measure('FetchDuration', 20);
      return {};
    };

    expect(await noted(world)).toMatchObject({ outcome: 'done', bytes: 4711 });
  });

  it('is done, of an upload that the API issued a URL for by this request', async () => {
    const world = createWorld();
    await world.left(
      { state: 'failed' },
      { upload: { expiresAt: '2026-11-02T09:15:00.000Z', requestId: 'id-1' } },
    );

    expect(await noted(world, created({ sequencer: newer }))).toMatchObject({
      outcome: 'done',
      uploadRequestId: 'id-1',
    });
  });

  it.each([
    ['rejected', corrupt, 1, { outcome: 'rejected', code: 'corrupt-image' }],
    [
      'that a later receive tries again',
      outage,
      1,
      { outcome: 'will retry', code: 'dependency-unavailable' },
    ],
    ['failed', outage, 5, { outcome: 'failed', code: 'dependency-unavailable' }],
    ['that the original is gone', new OriginalGone(), 1, { outcome: 'original gone' }],
  ])('is %s', async (_what, thrown, receiveCount, expected) => {
    expect(await noted(ending(thrown), created(), delivery({ receiveCount }))).toMatchObject(expected);
  });

  it('is a duplicate of another message', async () => {
    const world = createWorld();
    await world.left({ state: 'running', messageId: 'another' });

    expect(await noted(world)).toMatchObject({ outcome: 'duplicate' });
  });

  it.each([
    ['may still be at it', 'running', 'held'],
    ['had settled it', 'done', 'settled before'],
  ] as const)('is that an earlier receive of the message %s', async (_what, state, outcome) => {
    const world = createWorld();
    await world.left({ state, messageId: 'one', receiveCount: 2 });

    expect(await noted(world, created(), delivery({ messageId: 'one', receiveCount: 2 }))).toMatchObject({
      outcome,
    });
  });

  it('is superseded by a newer one', async () => {
    const world = createWorld();
    await world.left({ state: 'done' });

    expect(await noted(world, created({ sequencer: older }))).toMatchObject({ outcome: 'superseded' });
  });

  it('is that the image is deleted, or was before', async () => {
    const world = createWorld();
    await world.left({ state: 'done' });

    expect(await noted(world, removedAt(newer))).toMatchObject({ outcome: 'deleted' });
    expect(await noted(world, created())).toMatchObject({ outcome: 'deleted before' });
    expect(await noted(world, removedAt(older))).toMatchObject({ outcome: 'superseded' });
  });

  it('is that the image is over when its upload came too late', async () => {
    const world = createWorld();
    await world.left({ state: 'done' }, { expired: true });

    expect(await noted(world, created({ sequencer: newer }))).toMatchObject({ outcome: 'deleted before' });
  });

  it('is not its own where another worker deletes', async () => {
    const world = createWorld();

    expect(await noted(world, removedAt(newer), delivery(), world.metadata)).toMatchObject({
      outcome: 'not mine',
    });
  });
});
