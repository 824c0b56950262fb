// What a worker does when the system is at fault: retries, and fails the image at the last receive.

import { beforeEach, describe, expect, it } from 'vitest';
import { TransientFailure } from '../../../shared/domain/errors.ts';
import { ready } from '../../support/image-records.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  failing,
  newer,
  now,
  outage,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
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
    expect(world.queue.rejectedMessages).toEqual([]);
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

    expect(await world.status()).toBe('failed');
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

    expect(await world.status()).toBe('ready');
    expect(world.announcements()).toEqual(['image.failed', 'image.ready']);
  });

  it('is rejected when its other task finds the file at fault, and that is told', async () => {
    world.results.metadata = failing(corrupt);

    await world.metadata(created(), delivery());

    expect(world.announcements()).toEqual(['image.failed', 'image.rejected']);
  });
});
