// Every step of a worker is waited for: what one of them throws is thrown, so that the message comes again.

import { describe, expect, it } from 'vitest';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import type { ImageTable } from '../../../shared/processing/ports.ts';
import type { ProcessorDependencies } from '../../../shared/processing/process-event.ts';
import { ready } from '../../support/image-records.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  imageId,
  newer,
  newest,
  removedAt,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

const broken = new Error('out of reach');
const reject = () => Promise.reject(broken);

/** An image that is ready, and a worker one of whose dependencies is out of reach. */
async function worldWithout(changes: (world: World) => Partial<ProcessorDependencies>): Promise<World> {
  const world = createWorld();
  await world.renditions(created(), delivery());
  await world.others(created());
  await world.keep(...renditionsOf(created()).map(({ key }) => key));
  world.renditions = world.workerOf('renditions', '1', changes(world));
  return world;
}

const tableWithout = (...names: readonly (keyof ImageTable)[]) => ({
  table: (world: World) => ({
    table: { ...world.images.table, ...Object.fromEntries(names.map((name) => [name, reject])) },
  }),
});

const again = created({ sequencer: newer });

describe('a worker', () => {
  it.each<[string, (world: World) => Partial<ProcessorDependencies>, OriginalEvent]>([
    ['claim', tableWithout('claim').table, again],
    ['settle', tableWithout('settle').table, again],
    ['leave a tombstone', tableWithout('markDeleted').table, removedAt(newer)],
    ['tell of a removal', () => ({ imageEvents: { publish: reject } }), removedAt(newer)],
    ['note what it told', tableWithout('markAnnounced').table, removedAt(newer)],
    ['look at what it could not claim', tableWithout('get').table, created({ sequencer: '0' })],
  ])('throws when it cannot %s', async (_what, changes, event) => {
    const world = await worldWithout(changes);

    await expect(world.renditions(event, delivery())).rejects.toBe(broken);
  });

  it('throws when it cannot delete what was superseded', async () => {
    const world = await worldWithout(() => ({}));
    world.store.delete = reject;

    await expect(world.renditions(again, delivery())).rejects.toBe(broken);
  });

  it('throws when it cannot delete what came late', async () => {
    const world = await worldWithout(() => ({}));
    await world.renditions(again, delivery());
    world.store.delete = reject;

    await expect(world.renditions(created(), delivery())).rejects.toBe(broken);
  });

  it('throws when it cannot delete an upload whose URL was used again', async () => {
    const world = await worldWithout(() => ({}));
    await world.renditions(removedAt(newer), delivery());
    world.originals.delete = reject;

    await expect(world.renditions(created({ sequencer: newest }), delivery())).rejects.toBe(broken);
  });

  it.each(['the upload', 'what was made of it'])(
    'throws when it cannot delete %s with its image',
    async (what) => {
      const world = await worldWithout(() => ({}));
      if (what === 'the upload') world.originals.delete = reject;
      else {
        // Nothing is listed, but the task was begun: what it may have stored is looked for by its keys.
        const { renditions: _listed, ...record } = (await world.record()) ?? ready();
        await world.images.put(record);
        world.store.delete = async (keys) => {
          if (keys.length > 0) throw broken;
        };
      }

      await expect(world.renditions(removedAt(newer), delivery())).rejects.toBe(broken);
    },
  );

  it('throws when it cannot tell what became of an image', async () => {
    const world = await worldWithout(() => ({ imageEvents: { publish: reject } }));
    world.results.renditions = () => Promise.reject(corrupt);

    await expect(world.renditions(again, delivery())).rejects.toBe(broken);
  });

  it('throws when it cannot put the message of a rejected file aside, and does so at the next receive', async () => {
    const world = await worldWithout((of) => ({ queue: { ...of.queue, reject } }));
    world.results.renditions = () => Promise.reject(corrupt);
    const first = delivery({ messageId: 'one' });
    await expect(world.renditions(again, first)).rejects.toBe(broken);

    await world.workerOf('renditions')(again, delivery({ messageId: 'one', receiveCount: 2 }));

    expect(world.queue.rejectedMessages).toMatchObject([{ imageId, failureCode: 'corrupt-image' }]);
  });
});
