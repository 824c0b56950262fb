// What a worker does with a unit that a newer original, a removal or another attempt has taken from it.

import { beforeEach, describe, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { createJournal } from '../../../shared/processing/journal.ts';
import { sequencer } from '../../support/image-records.ts';
import {
  created,
  createWorld,
  delivery,
  derivedId,
  imageId,
  newer,
  older,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
});

const receive = (receiveCount: number, messageId = 'message') =>
  world.renditions(created(), delivery({ messageId, receiveCount }));

describe('a unit that was overtaken', () => {
  const keys = renditionKeys(imageId, sequencer, variants);

  it('has its objects deleted and is acknowledged, when it comes late', async () => {
    await world.left({ sequencer: newer }, { sequencer: newer });
    await world.keep(...keys, 'other');

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.performed).toEqual([]);
  });

  it('has its objects deleted when its task was last done for an older original', async () => {
    const record = await world.left({ sequencer: older });
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
    await world.left({ sequencer: newer }, { sequencer: newer });
    await world.originals.put(created().key, Buffer.from('the newer one'));

    await receive(1);

    expect(await world.originals.find(imageId)).toBeDefined();
  });

  it('leaves the original alone where its image was removed and nobody had issued a URL for it', async () => {
    const removed = { messageId: 'm', receiveCount: 1 };
    await world.left({ sequencer: newer }, { imageId: derivedId, sequencer: newer, removed });
    await world.originals.put(originalKey(derivedId), Buffer.from('somebody’s'));

    await world.renditions(created({ imageId: derivedId }), delivery());

    expect(await world.originals.find(derivedId)).toBeDefined();
  });

  it('is acknowledged by a worker that keeps no objects', async () => {
    await world.left({ sequencer: newer }, { sequencer: newer });

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
      await world.left({ attemptId: 'another', messageId: 'another' });
      throw new PermanentFailure('corrupt-image', 'premature end');
    };

    expect(await receive(1)).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'done', attemptId: 'another' } });
    expect(world.queue.rejectedMessages).toEqual([]);
    expect(world.queue.deadLetterMessages).toEqual([]);
  });

  it.each([
    ['rejected', new PermanentFailure('corrupt-image', 'premature end'), 1],
    ['failed', new TransientFailure('dependency-unavailable', 'S3 is away'), 5],
  ])('has a line that says so, where it was to be %s', async (_what, thrown, receiveCount) => {
    world.results.renditions = async () => {
      await world.left({ attemptId: 'another', messageId: 'another' });
      throw thrown;
    };
    const journal = createJournal();

    await world.renditions(created(), delivery({ receiveCount }), journal);

    expect(journal.handled()).toMatchObject({ outcome: 'claim lost', code: thrown.code });
  });
});
