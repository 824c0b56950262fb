// What a worker does when an original is removed: a tombstone, its objects gone, consumers told, whoever comes again.

import { beforeEach, describe, expect, it } from 'vitest';
import type { OriginalRemoved } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { sequencer } from '../../support/image-records.ts';
import {
  created,
  createWorld,
  delivery,
  derivedId,
  imageId,
  newer,
  newest,
  older,
  removedAt,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

let world: World;
const removing = (receiveCount = 1, messageId = 'removing') =>
  world.renditions(removedAt(newer), delivery({ messageId, receiveCount }));

beforeEach(async () => {
  world = createWorld();
  await world.renditions(created(), delivery());
  await world.others(created());
  await world.keep(...renditionsOf(created()).map(({ key }) => key), 'other');
});

describe('a removed original', () => {
  it('leaves a tombstone, no objects, and an event', async () => {
    expect(await removing()).toEqual({ kind: 'acknowledge' });

    const record = await world.record();
    expect(record && statusOf(record)).toBe('deleted');
    expect(record).toMatchObject({ removed: { messageId: 'removing', receiveCount: 1 } });
    expect(record).not.toHaveProperty('overdueAt');
    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });

  it('has the objects of work deleted that never ended', async () => {
    world = createWorld();
    world.results.renditions = () => Promise.reject(new Error('no memory'));
    await world.renditions(created(), delivery());
    const keys = renditionKeys(imageId, sequencer, variants);
    await world.keep(...keys, 'other');

    await removing();

    expect(world.kept()).toEqual(['other']);
  });

  it('has nothing deleted where no work was begun', async () => {
    world = createWorld();

    expect(await removing()).toEqual({ kind: 'acknowledge' });

    expect(world.announcements()).toEqual(['image.deleted']);
  });

  it('is no concern of a worker that keeps no objects', async () => {
    const before = await world.record();

    expect(await world.metadata(removedAt(newer), delivery())).toEqual({ kind: 'acknowledge' });

    expect(await world.record()).toEqual(before);
  });

  it('is not brought back by an older upload that comes late', async () => {
    await removing();

    expect(await world.renditions(created(), delivery())).toEqual({ kind: 'acknowledge' });

    const record = await world.record();
    expect(record && statusOf(record)).toBe('deleted');
  });
});

describe('a removal that comes late', () => {
  it('is final where an upload was removed, since what was uploaded once cannot come again', async () => {
    await world.renditions(removedAt(older), delivery());

    const record = await world.record();
    expect(record && statusOf(record)).toBe('deleted');
  });

  it('is acknowledged and changes nothing where the object was put again since', async () => {
    await world.renditions(created({ imageId: derivedId }), delivery());
    await world.others(created({ imageId: derivedId }));
    const [before, kept] = [await world.record(derivedId), world.kept()];

    expect(await world.renditions(removedAt(older, derivedId), delivery())).toEqual({ kind: 'acknowledge' });

    expect(await world.record(derivedId)).toEqual(before);
    expect(world.kept()).toEqual(kept);
    expect(world.announcements()).toEqual(['image.ready', 'image.ready']);
  });
});

describe('a deleted upload', () => {
  it('is deleted from its bucket with its tombstone: its URL may have been used again', async () => {
    await world.originals.put(created().key, Buffer.from('again'));

    await removing();

    expect(await world.originals.find(imageId)).toBeUndefined();
  });

  it('is deleted again when its URL is used again, and nobody hears of it', async () => {
    await removing();
    await world.originals.put(created().key, Buffer.from('again'));

    const event = created({ sequencer: newest });
    expect(await world.renditions(event, delivery())).toEqual({ kind: 'acknowledge' });
    expect(await world.metadata(event, delivery())).toEqual({ kind: 'acknowledge' });

    expect(await world.originals.find(imageId)).toBeUndefined();
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });
});

describe('a deletion in a bucket with versions, where each one is heard of, of what is gone already too', () => {
  /** Has the worker hear of every deletion. @returns how many it heard of until there were none */
  async function hearOfDeletions(first: OriginalRemoved): Promise<number> {
    const heard = [first];
    const marked = async () => {
      heard.push(removedAt(normalizeSequencer(`0058${heard.length}`), first.imageId));
    };
    Object.assign(world.originals, { delete: marked, deleteUnissued: marked });
    for (let next = 0; next < heard.length && next < 20; next += 1)
      await world.renditions(heard[next] as OriginalRemoved, delivery());
    return heard.length;
  }

  it('ends with the mark that it leaves itself', async () => {
    expect(await hearOfDeletions(removedAt(newer))).toBe(2);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });
});

describe('an object that nobody issued a URL for', () => {
  it('stays in its bucket, whatever becomes of its image', async () => {
    for (const id of [imageId, derivedId])
      await world.originals.put(originalKey(id), Buffer.from('somebody’s'));
    await world.renditions(created({ imageId: derivedId }), delivery());

    await world.renditions(removedAt(newer, derivedId), delivery());
    await world.renditions(created({ imageId: derivedId, sequencer: older }), delivery());

    for (const id of [imageId, derivedId]) expect(await world.originals.find(id)).toBeDefined();
  });

  it('may come back under its key', async () => {
    await world.renditions(removedAt(sequencer, derivedId), delivery());

    await world.renditions(created({ imageId: derivedId, sequencer: newer }), delivery());

    expect(await world.record(derivedId)).toMatchObject({ renditionsTask: { state: 'done' } });
  });
});

describe('a removal whose message comes again', () => {
  /** The tombstone is left, but the worker does not live to clear up. */
  async function cutShort(): Promise<void> {
    await world.images.table.markDeleted(removedAt(newer), { messageId: 'removing', receiveCount: 1 });
  }

  it('is ended by a later receive', async () => {
    await cutShort();

    expect(await removing(2)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });

  it.each([
    ['the same receive', 1, 'removing'],
    ['a duplicate', 2, 'duplicate'],
  ])('is left alone by %s', async (_what, receiveCount, messageId) => {
    await cutShort();

    expect(await removing(receiveCount, messageId)).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toHaveLength(2);
    expect(world.announcements()).toEqual(['image.ready']);
  });

  it('is left alone by an older removal in the same message', async () => {
    const removal = { messageId: 'removing', receiveCount: 1 };
    await world.renditions(created({ imageId: derivedId }), delivery());
    await world.images.table.markDeleted(removedAt(newest, derivedId), removal);

    await world.renditions(removedAt(newer, derivedId), delivery({ messageId: 'removing', receiveCount: 2 }));

    expect(world.announcements()).toEqual(['image.ready']);
  });

  it('is acknowledged when its record is gone by now', async () => {
    const { table } = world.images;
    world = createWorld({
      table: { ...table, markDeleted: async () => undefined, get: async () => undefined },
    });

    expect(await removing(2)).toEqual({ kind: 'acknowledge' });
    expect(world.announcements()).toEqual([]);
  });

  it('is left alone once the object has been put again', async () => {
    const removal = { messageId: 'removing', receiveCount: 1 };
    await world.images.table.markDeleted(removedAt(sequencer, derivedId), removal);
    await world.renditions(created({ imageId: derivedId, sequencer: newer }), delivery());

    await world.renditions(
      removedAt(sequencer, derivedId),
      delivery({ messageId: 'removing', receiveCount: 2 }),
    );

    expect(world.announcements()).toEqual(['image.ready']);
    expect(await world.record(derivedId)).toMatchObject({ renditionsTask: { state: 'done' } });
  });
});
