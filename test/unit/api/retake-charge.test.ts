// An image that was rejected counts again before it is done again: once, and only where there is room.

import { expect, it } from 'vitest';
import { type RetakeDependencies, retakeCharge } from '../../../shared/api/images/retake-charge.ts';
import type { Charge } from '../../../shared/domain/charge.ts';
import { ready, taskRecord } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';

const now = new Date('2026-11-02T09:00:00.000Z');
const limits = { openUploads: 1, images: 2, bytes: 100, rejectedPerHour: 5 };
const [bytes, ownerId, fourMinutes] = [5, 'owner', 4 * 60_000];

/** An owner that has another image, still open, and one with a charge as given. */
async function world(charge: Charge = { bytes, state: 'released' }) {
  const { table, put } = createMemoryImages(() => now);
  const ledger = createMemoryLedger(() => now);
  await ledger.reserve(ownerId, { imageId: 'other', bytes }, limits, true);
  const image = ready({ ownerId, charge });
  await put(image);
  const dependencies = { table, ledger, limits, clock: () => now };
  return {
    ...{ image, table, ledger, put },
    retake: (changes: Partial<RetakeDependencies> = {}) =>
      retakeCharge({ ...dependencies, ...changes }, image),
    dependencies,
    counted: () => ledger.read(ownerId),
    stored: () => table.get(image.imageId),
  };
}

it('counts it again, though as many uploads are open as may be', async () => {
  const { retake, counted, stored } = await world();

  const retaken = await retake();

  expect(retaken?.charge).toEqual({
    ...{ bytes, state: 'held', changeId: expect.any(String), by: expect.any(String) },
    leaseUntil: now.getTime() + fourMinutes,
  });
  expect(await stored()).toEqual(retaken);
  expect(await counted()).toEqual({ images: 2, bytes: 10, open: { other: bytes }, moving: {} });
});

it('leases the charge from the present time on where it is given no clock', async () => {
  const { image, dependencies } = await world();
  const { clock: _, ...withoutClock } = dependencies;
  const before = Date.now();

  const retaken = await retakeCharge(withoutClock, image);

  expect(retaken?.charge?.leaseUntil).toBeGreaterThanOrEqual(before + fourMinutes);
});

it.each<[string, Charge]>([
  ['counts already', { bytes }],
  ['counts again already', { bytes, state: 'held' }],
])('leaves one alone that %s', async (_what, charge) => {
  const { retake, image, counted, stored } = await world(charge);

  expect(await retake()).toEqual(image);
  expect(await stored()).toEqual(image);
  expect(await counted()).toMatchObject({ images: 1 });
});

it('leaves one alone that was never counted', async () => {
  const { image, dependencies } = await world();
  const { charge: _, ...uncounted } = image;

  expect(await retakeCharge(dependencies, uncounted)).toEqual(uncounted);
});

it.each(['releasing', 'retaking'] as const)('has to wait while its charge is %s', async (state) => {
  const { retake, image, stored } = await world({ bytes, state });

  await expect(retake()).rejects.toMatchObject({
    code: 'dependency-unavailable',
    message: 'The charge of the image is on its way.',
  });
  expect(await stored()).toEqual(image);
});

it.each([
  ['its charge', { charge: { bytes, state: 'released', changeId: 'another' } as const }],
  ['a task', { renditionsTask: taskRecord({ attemptId: 'another' }) }],
])('counts nothing where %s has moved on', async (_what, changes) => {
  const { retake, put, image, counted } = await world();
  await put({ ...image, ...changes });

  expect(await retake()).toBeUndefined();
  expect(await counted()).toMatchObject({ images: 1 });
});

it('counts it where only a task moves on meanwhile', async () => {
  const { retake, put, stored, ledger } = await world();
  const busy = {
    ...ledger,
    async retakeWithin(...given: Parameters<typeof ledger.retakeWithin>) {
      const image = await stored();
      if (image) await put({ ...image, renditionsTask: taskRecord({ attemptId: 'another' }) });
      return ledger.retakeWithin(...given);
    },
  };

  expect(await retake({ ledger: busy })).toMatchObject({ charge: { state: 'held' } });
});

it('leaves what moved on after it was counted to whoever settles it', async () => {
  const { retake, table, image, counted, stored } = await world();
  const moved: string[] = [];
  const racing = {
    async moveCharge(...given: Parameters<typeof table.moveCharge>) {
      moved.push(given[1].state ?? '');
      return moved.length === 1 ? table.moveCharge(...given) : undefined;
    },
  };

  expect(await retake({ table: racing })).toBeUndefined();

  expect(moved).toEqual(['retaking', 'held']);
  const changeId = (await stored())?.charge?.changeId;
  expect((await counted())?.moving).toEqual({ [image.imageId]: changeId });
});

it.each([
  ['images', { images: 1 }, '1 of 1 images:'],
  ['bytes', { bytes: 9 }, '5 of 9 bytes'],
])('gives it back where its owner has no room in %s', async (_quota, less, message) => {
  const { retake, counted, stored } = await world();

  await expect(retake({ limits: { ...limits, ...less } })).rejects.toMatchObject({
    ...{ code: 'quota-exceeded', message: expect.stringContaining(message) },
  });

  expect(await stored()).toMatchObject({ charge: { bytes, state: 'released' } });
  expect((await counted())?.images).toBe(1);
  expect((await counted())?.moving).toEqual({});
});

it('knows that it was counted, where the answer to that was lost', async () => {
  const { retake, ledger, counted } = await world();
  const losing = {
    ...ledger,
    retakeWithin: async (...given: Parameters<typeof ledger.retakeWithin>) =>
      !(await ledger.retakeWithin(...given)),
  };

  expect(await retake({ ledger: losing })).toMatchObject({ charge: { state: 'held' } });
  expect(await counted()).toMatchObject({ images: 2 });
});

it('says that there is no room for images where the ledger is gone', async () => {
  const { retake } = await world();

  await expect(retake({ ledger: createMemoryLedger() })).rejects.toMatchObject({
    ...{ code: 'quota-exceeded', message: expect.stringContaining('0 of 2 images') },
  });
});
