// DELETE /images/{imageId}: nothing is left of the image, whoever works on it meanwhile, and the answer is always the same.

import { beforeEach, describe, expect, it } from 'vitest';
import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { sequencer } from '../../support/image-records.ts';
import { createMemoryUploadsTopic } from '../../support/memory/messages.ts';
import {
  created,
  createWorld,
  delivery,
  derivedId,
  imageId,
  newest,
  now,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

const owner = 'unowned';
const hourMilliseconds = 3_600_000;

let world: World;

beforeEach(async () => {
  world = createWorld();
});

function dependencies({ images, ledger, store, originals, imageEvents }: World = world) {
  return {
    ...{ table: images.table, ledger, removals: images.owners, imageEvents, clock: () => now },
    objects: createRenditionObjects(store, originals, variants),
  };
}

/** An image that both workers are done with. */
async function uploaded(changes: Partial<ImageRecord> = {}): Promise<void> {
  await world.originals.put(originalKey(imageId), Buffer.from('bytes'));
  await world.renditions(created(), delivery());
  await world.others(created());
  await world.keep(...renditionsOf(created()).map(({ key }) => key), 'other');
  const record = await world.record();
  if (record) await world.images.put({ ...record, ...changes });
}

const remove = (of = imageId, by = owner) => deleteImage(dependencies(), by, of);
const stored = () => world.originals.find(imageId);

async function reconcileAt(time: number): Promise<void> {
  const { images, originals } = world;
  await reconcile({
    ...dependencies(),
    ...{ table: images.table, overdue: images.overdue, originals, uploads: createMemoryUploadsTopic() },
    ...{ maxImages: 10, clock: () => new Date(time) },
  });
}

describe('deleteImage', () => {
  it('answers 204 without a body, deletes original and renditions, and tells consumers', async () => {
    await uploaded();

    expect(await remove()).toEqual({ status: 204 });

    expect(await stored()).toBeUndefined();
    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
    const record = await world.record();
    expect(record && statusOf(record)).toBe('deleted');
    expect(record).not.toHaveProperty('overdueAt');
  });

  it('goes by the present time where it is given no clock', async () => {
    await uploaded();
    const { clock: _, ...withoutClock } = dependencies();

    expect(await deleteImage(withoutClock, owner, imageId)).toEqual({ status: 204 });

    expect(await stored()).toBeUndefined();
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });

  it('answers 204 again, and does nothing again', async () => {
    await uploaded();
    await remove();
    const before = await world.record();

    expect(await remove()).toEqual({ status: 204 });

    expect(await world.record()).toEqual(before);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });

  it.each([
    ['somebody else’s image', imageId, 'somebody'],
    ['an image that is not there', '0199a3c4-7b1e-7c2d-8f3a-000000000009', owner],
    ['what is no image', 'owner#unowned', owner],
  ])('knows nothing of %s', async (_what, of, by) => {
    await uploaded();
    const before = await world.record();

    await expect(remove(of, by)).rejects.toMatchObject({
      ...{ name: 'Problem', code: 'image-not-found', message: `You have no image ${of}.` },
    });

    expect(await world.record()).toEqual(before);
  });

  it('asks the table for nothing that is no image', async () => {
    const removals = { markDeleted: () => Promise.reject(new Error('asked')) };

    await expect(deleteImage({ ...dependencies(), removals }, owner, 'owner#unowned')).rejects.toMatchObject({
      code: 'image-not-found',
    });
  });

  it('knows nothing of what somebody else deleted', async () => {
    await uploaded();
    await remove();

    await expect(remove(imageId, 'somebody')).rejects.toMatchObject({ code: 'image-not-found' });
  });

  it('deletes the original of an object in the stage’s own bucket that nobody issued a URL for', async () => {
    const key = 'originals/holiday/one.jpg';
    const eTag = await world.originals.put(key, Buffer.from('bytes'));
    const event = created({ imageId: derivedId, key, eTag });
    await world.renditions(event, delivery());
    expect(Buffer.from(await world.originals.fetch(event)).toString()).toBe('bytes');

    await remove(derivedId);

    await expect(world.originals.fetch(event)).rejects.toThrow('another one');
    expect(await world.record(derivedId)).toMatchObject({ removed: { byOwner: true } });
  });

  it('leaves the objects of other buckets where they lie', async () => {
    const key = 'photos/one.jpg';
    const eTag = await world.originals.put(key, Buffer.from('bytes'));
    const event = created({ imageId: derivedId, bucket: 'elsewhere', key, eTag });
    await world.renditions(event, delivery());

    await remove(derivedId);

    expect(Buffer.from(await world.originals.fetch(event)).toString()).toBe('bytes');
  });
});

describe('an image that was deleted', () => {
  it('is not brought back by a worker that was at it, whose renditions go', async () => {
    await world.originals.put(originalKey(imageId), Buffer.from('bytes'));
    const keys = renditionKeys(imageId, sequencer, variants);
    world.results.renditions = async (event) => {
      await remove();
      await world.keep(...keys, 'other');
      return { renditions: renditionsOf(event) };
    };

    expect(await world.renditions(created(), delivery())).toEqual({ kind: 'acknowledge' });

    expect(world.kept()).toEqual(['other']);
    expect(await world.status()).toBe('deleted');
    expect(world.announcements()).toEqual(['image.deleted']);
  });

  it('stays on the list while a worker may still store something, and is cleared again after that', async () => {
    const keys = renditionKeys(imageId, sequencer, variants);
    world.results.renditions = () => Promise.reject(new Error('the worker died'));
    const { leaseUntil } = delivery();
    await world.renditions(created(), delivery());
    await remove();
    await world.keep(...keys, 'other');
    expect(await world.record()).toMatchObject({ overdueAt: new Date(leaseUntil).toISOString() });

    await reconcileAt(leaseUntil);

    expect(world.kept()).toEqual(['other']);
    expect(await world.record()).not.toHaveProperty('overdueAt');
    expect(world.announcements()).toEqual(['image.deleted']);
  });

  it('has what is uploaded late deleted: by the worker that hears of it', async () => {
    await uploaded();
    await remove();
    await world.originals.put(originalKey(imageId), Buffer.from('again'));

    await world.renditions(created({ sequencer: newest }), delivery());

    expect(await stored()).toBeUndefined();
    expect(await world.status()).toBe('deleted');
  });

  it('has what is uploaded late deleted: by reconciling, where no worker ever hears of it', async () => {
    const expiresAt = new Date(now.getTime() + 60_000).toISOString();
    await uploaded({ charge: { bytes: 5 }, upload: { expiresAt } });
    await remove();
    await world.originals.put(originalKey(imageId), Buffer.from('again'));
    const atLast = Date.parse(expiresAt) + hourMilliseconds;
    expect(await world.record()).toMatchObject({ overdueAt: new Date(atLast).toISOString() });

    await reconcileAt(atLast);

    expect(await stored()).toBeUndefined();
    expect(await world.record()).not.toHaveProperty('overdueAt');
  });

  it('is cleared up by reconciling where that was cut short', async () => {
    await uploaded();
    const objects = { ...dependencies().objects, deleteOriginal: () => Promise.reject(new Error('no S3')) };
    await expect(deleteImage({ ...dependencies(), objects }, owner, imageId)).rejects.toThrow('no S3');
    expect(await world.status()).toBe('deleted');

    await reconcileAt(now.getTime() + 5 * 60_000);

    expect(await stored()).toBeUndefined();
    expect(world.kept()).toEqual(['other']);
    expect(world.announcements()).toEqual(['image.ready', 'image.deleted']);
  });
});
