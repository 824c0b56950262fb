// POST /images/{imageId}/reprocess: what failed, was rejected or is stale is done again; what is current stays as it is.

import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ReprocessImageDependencies,
  reprocessImage,
} from '../../../shared/api/images/reprocess-image.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { TaskRecord } from '../../../shared/domain/tasks.ts';
import { sequencer } from '../../support/image-records.ts';
import { createMemoryUploadsTopic, type MemoryUploadsTopic } from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { noLimits } from '../../support/quotas.ts';
import {
  corrupt,
  created,
  createWorld,
  delivery,
  failing,
  imageId,
  now,
  outage,
  renditionsOf,
  type World,
} from '../support/worker-world.ts';

const owner = 'unowned';
const [over, held] = [now.getTime() - 1, now.getTime() + 30_000];

let world: World;
let uploads: MemoryUploadsTopic;

beforeEach(() => {
  world = createWorld();
  uploads = createMemoryUploadsTopic();
});

const dependencies = () => ({
  ...{ table: world.images.table, ledger: world.ledger, limits: noLimits },
  ...{ restarts: world.images.owners, clock: () => now },
  republish: uploads.republish,
  revisions: { renditions: '1', metadata: '1' },
});

const reprocess = (by = owner, changes: Partial<ReprocessImageDependencies> = {}, of = imageId) =>
  reprocessImage({ ...dependencies(), ...changes }, by, of);

/** Both workers, on what was published since. */
async function work(): Promise<void> {
  for (const event of uploads.republished) {
    if (event.kind !== 'created') continue;
    await world.renditions(event, delivery());
    await world.others(event);
  }
}

const original = { bucket: 'originals', key: originalKey(imageId), eTag: 'e', bytes: 5 };
const left = (unit: Partial<TaskRecord>, changes: Partial<ImageRecord> = {}) =>
  world.left(unit, { ownerId: owner, original, ...changes });
const accepted = (status: string) => ({ status: 202, body: expect.objectContaining({ imageId, status }) });

describe('reprocessImage', () => {
  it.each([
    ['rejected', corrupt, 1],
    ['failed', outage, 5],
  ] as const)(
    'does an image again that was %s, and it may end otherwise',
    async (status, error, receiveCount) => {
      const ending = world.results.renditions;
      world.results.renditions = failing(error);
      await world.renditions(created(), delivery({ receiveCount }));
      await world.others(created());
      expect(await world.status()).toBe(status);
      if (ending) world.results.renditions = ending;

      expect(await reprocess()).toEqual(accepted('processing'));
      expect(await world.status()).toBe('processing');
      await work();

      expect(await world.status()).toBe('ready');
      expect(world.performed.filter((task) => task === 'metadata')).toHaveLength(1);
      expect(world.announcements()).toEqual([`image.${status}`, 'image.ready']);
    },
  );

  it('does a task again that was done by another revision, and leaves the others', async () => {
    await left({ revision: 'old' }, { renditions: renditionsOf(created()) });

    expect(await reprocess()).toEqual(accepted('processing'));
    await work();

    expect(world.performed).toEqual(['renditions']);
    expect(await world.record()).toMatchObject({ renditionsTask: { state: 'done', revision: '1' } });
  });

  it.each([held, over])(
    'leaves an image alone whose tasks are all current, leases until %i',
    async (leaseUntil) => {
      const before = await left({ leaseUntil });

      expect(await reprocess()).toEqual(accepted('ready'));

      expect(await world.record()).toEqual(before);
      expect(uploads.republished).toEqual([]);
    },
  );

  it.each([held, now.getTime()])(
    'leaves a task to the attempt that is at it until %i',
    async (leaseUntil) => {
      const before = await left({ state: 'running', leaseUntil });

      expect(await reprocess()).toEqual(accepted('processing'));

      expect(await world.record()).toEqual(before);
      expect(uploads.republished).toEqual([]);
    },
  );

  it.each([
    ['that an attempt left behind', { state: 'running', leaseUntil: over } as const, {}],
    ['that nobody has begun', {}, { metadataTask: undefined }],
  ])('puts the original before the workers again for a task %s', async (_what, unit, changes) => {
    const record = await left(unit);
    const before = Object.fromEntries(
      Object.entries({ ...record, ...changes }).filter(([, value]) => value !== undefined),
    ) as unknown as ImageRecord;
    await world.images.put(before);

    expect(await reprocess()).toEqual(accepted('processing'));

    expect(await world.record()).toEqual(before);
    expect(uploads.republished).toMatchObject([{ ...original, imageId, sequencer }]);
  });

  it('goes by the present time where it is given no clock', async () => {
    const { clock: _, ...withoutClock } = dependencies();
    await left({ state: 'running', leaseUntil: Date.now() + 60_000 });
    await reprocessImage(withoutClock, owner, imageId);
    expect(uploads.republished).toEqual([]);

    await left({ state: 'running', leaseUntil: Date.now() - 1 });
    await reprocessImage(withoutClock, owner, imageId);
    expect(uploads.republished).toHaveLength(1);
  });

  it('ends what was cut short after the work was taken back, when it is asked again', async () => {
    await left({ state: 'failed' });
    const away = { republish: () => Promise.reject(new Error('no topic')) };
    await expect(reprocess(owner, away)).rejects.toThrow('no topic');

    expect(await reprocess()).toEqual(accepted('processing'));
    await work();

    expect(await world.status()).toBe('ready');
  });

  it.each([
    ['awaiting-upload', {}],
    ['expired', { expired: true as const }],
  ])('has nothing to do while an image is %s', async (status, changes) => {
    const record = await left({});
    const { imageId: of, ownerId, updatedAt } = record;
    await world.images.put({ imageId: of, ownerId, updatedAt, ...changes });

    expect(await reprocess()).toEqual(accepted(status));
    expect(uploads.republished).toEqual([]);
  });

  it('looks again where the image has moved on meanwhile', async () => {
    const before = await left({ state: 'failed' });
    let restarts = 0;
    const racing = {
      async restart(...given: Parameters<ReprocessImageDependencies['restarts']['restart']>) {
        restarts += 1;
        if (restarts === 1) await left({ state: 'rejected', attemptId: 'yet another' });
        return world.images.owners.restart(...given);
      },
    };

    expect(await reprocess(owner, { restarts: racing })).toEqual(accepted('processing'));

    expect(restarts).toBe(2);
    expect(uploads.republished).toHaveLength(1);
    expect(await world.record()).not.toEqual(before);
  });

  it('gives in, and tells the status, where the image moves on every time', async () => {
    await left({ state: 'failed' });
    let restarts = 0;
    const refusing = {
      async restart() {
        restarts += 1;
        return undefined;
      },
    };

    expect(await reprocess(owner, { restarts: refusing })).toEqual(accepted('failed'));

    expect(restarts).toBe(3);
    expect(uploads.republished).toEqual([]);
  });

  it('counts an image again that was rejected, if there is room for it', async () => {
    const charge = { bytes: 5, state: 'released' } as const;
    const ledger = createMemoryLedger();
    await ledger.reserve(owner, { imageId: 'other', bytes: 5 }, noLimits, true);
    const before = await left({ state: 'rejected' }, { charge });

    const full = { ledger, limits: { ...noLimits, images: 1 } };
    await expect(reprocess(owner, full)).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect((await world.record())?.renditionsTask).toEqual(before.renditionsTask);
    expect(uploads.republished).toEqual([]);

    expect(await reprocess(owner, { ledger })).toEqual(accepted('processing'));
    expect(await world.record()).toMatchObject({ charge: { state: 'held' } });
    expect(await ledger.read(owner)).toMatchObject({ images: 2 });
  });

  it('leaves the charge of an image that was not rejected to whoever is at it', async () => {
    const charge = { bytes: 5, state: 'retaking' } as const;
    await left({ state: 'failed' }, { charge });

    expect(await reprocess()).toEqual(accepted('processing'));
    expect(await world.record()).toMatchObject({ charge });
  });

  it.each([
    ['somebody else’s image', 'somebody', {}],
    ['a deleted image', owner, { removed: { byOwner: true as const } }],
  ])('knows nothing of %s', async (_what, by, changes) => {
    const before = await left({ state: 'failed' }, changes);

    await expect(reprocess(by)).rejects.toMatchObject({
      ...{ code: 'image-not-found', message: `You have no image ${imageId}.` },
    });
    expect(await world.record()).toEqual(before);
  });
});
