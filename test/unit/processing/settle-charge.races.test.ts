// Settling a charge while others are at it, or have died over it: one process at a time, and each change counted once.

import { expect, it } from 'vitest';
import type { Charge } from '../../../shared/domain/charge.ts';
import type { Ledger } from '../../../shared/processing/ports.ts';
import { settleCharge } from '../../../shared/processing/settle-charge.ts';
import { ready, taskRecord } from '../../support/image-records.ts';
import {
  both,
  bytes,
  chargeWorld,
  deleted,
  expired,
  fourMinutes,
  now,
  otherAlone,
  ownerId,
  rejected,
} from '../support/charge-world.ts';

const inAMinute = now.getTime() + 60_000;
const releasing: Charge = { bytes, state: 'releasing', changeId: 'change', by: 'somebody else' };

it.each<[string, Charge]>([
  ['was begun, and never counted', releasing],
  ['whose lease is over', { ...releasing, leaseUntil: now.getTime() }],
  ['that the same one began', { ...releasing, by: 'me', leaseUntil: inAMinute }],
])('goes on with a release that %s', async (_what, charge) => {
  const { settle, counted } = await chargeWorld(deleted({ charge }));

  const { image, lookAgainAt } = await settle();

  expect(image.charge).toMatchObject({ state: 'released', changeId: 'change', by: 'me' });
  expect(lookAgainAt).toBeUndefined();
  expect(await counted()).toEqual(otherAlone);
});

it('counts a release once that was counted before whoever began it died', async () => {
  const { record, settle, ledger, counted } = await chargeWorld(rejected({ charge: releasing }));
  await ledger.release(ownerId, { ...record, bytes, changeId: 'change' }, { isRejection: true });

  await settle();

  expect(await counted()).toMatchObject({ ...otherAlone, rejectedCount: 1 });
});

it('goes on with a release that was begun before its image expired', async () => {
  const { record, settle, ledger, counted } = await chargeWorld(expired({ charge: releasing }));
  await ledger.release(ownerId, { ...record, bytes, changeId: 'change' }, { isRejection: false });

  expect((await settle()).image.charge).toMatchObject({ state: 'released', changeId: 'change' });
  expect(await counted()).toEqual(otherAlone);
});

it.each([
  ['a release', releasing, deleted],
  ['a retake', { ...releasing, state: 'retaking' as const }, ready],
])('leaves %s to whoever has the lease, and says when to look again', async (_what, moving, imageOf) => {
  const charge = { ...moving, leaseUntil: inAMinute };
  const { record, settle, stored, calls } = await chargeWorld(imageOf({ charge }));

  expect(await settle()).toEqual({ image: record, lookAgainAt: new Date(inAMinute) });
  expect(calls).toEqual([]);
  expect(await stored()).toEqual(record);
});

it('measures leases by the present time where it is given no clock', async () => {
  const leaseUntil = Date.now() + 60_000;
  const { record, dependencies } = await chargeWorld(deleted({ charge: { ...releasing, leaseUntil } }));
  const { clock: _, ...withoutClock } = dependencies;

  expect(await settleCharge(withoutClock, record, 'me')).toMatchObject({ lookAgainAt: new Date(leaseUntil) });
});

it('waits for no lease of a change that has ended', async () => {
  const charge: Charge = { ...releasing, state: 'held', leaseUntil: inAMinute };
  const { settle, counted } = await chargeWorld(deleted({ charge }));

  expect((await settle()).image.charge).toMatchObject({ state: 'released', by: 'me' });
  expect(await counted()).toEqual(otherAlone);
});

it.each([
  ['rejected', rejected],
  ['deleted', deleted],
])('undoes a retake whose image is %s', async (_what, imageOf) => {
  const retaking: Charge = { ...releasing, state: 'retaking' };
  const { record, settle, ledger, counted } = await chargeWorld(imageOf({ charge: retaking }));
  const change = { imageId: record.imageId, bytes };
  await ledger.release(ownerId, { ...change, changeId: 'before' }, { isRejection: false });
  await ledger.retake(ownerId, { ...change, changeId: 'change' });

  expect((await settle()).image.charge).toMatchObject({ state: 'released', changeId: 'change' });

  expect(await counted()).toEqual(otherAlone);
});

it('undoes nothing of a retake that was never counted', async () => {
  const retaking: Charge = { ...releasing, state: 'retaking' };
  const { record, settle, ledger, counted } = await chargeWorld(deleted({ charge: retaking }));
  await ledger.expire(ownerId, record.imageId, bytes);

  expect((await settle()).image.charge).toMatchObject({ state: 'released' });
  expect(await counted()).toEqual(otherAlone);
});

it('ends a retake whose image is ready', async () => {
  const retaking: Charge = { ...releasing, state: 'retaking' };
  const { record, settle, ledger, counted } = await chargeWorld(ready({ charge: retaking }));
  await ledger.expire(ownerId, record.imageId, bytes);

  expect((await settle()).image.charge).toMatchObject({ state: 'held', changeId: 'change' });
  expect(await counted()).toEqual({ ...both, open: { other: 3 }, moving: {} });
});

it('begins no change of an image that has moved on', async () => {
  const { record, settle, put, calls } = await chargeWorld(rejected({ charge: { bytes } }));
  const again = { ...record, renditionsTask: taskRecord({ attemptId: 'another' }) };
  await put(again);

  expect(await settle()).toEqual({ image: again });
  expect(calls).toEqual([]);
});

it('goes on with a change of an image that has moved on', async () => {
  const { record, settle, put, counted } = await chargeWorld(deleted({ charge: releasing }));
  await put({ ...record, overdueAt: now.toISOString() });

  expect((await settle()).image).toMatchObject({
    ...{ overdueAt: now.toISOString(), charge: { state: 'released' } },
  });
  expect(await counted()).toEqual(otherAlone);
});

it('ends a change of an image that moves on while it is counted', async () => {
  const { record, settle, put, stored, ledger } = await chargeWorld(deleted({ charge: { bytes } }));
  const busy: Ledger = {
    ...ledger,
    async release(...given) {
      const image = (await stored()) ?? record;
      await put({ ...image, overdueAt: now.toISOString() });
      return ledger.release(...given);
    },
  };

  expect((await settle({ ledger: busy })).image.charge).toMatchObject({ state: 'released' });
});

it('sees what somebody else has settled meanwhile, and counts nothing', async () => {
  const { record, settle, put, calls } = await chargeWorld(deleted({ charge: { bytes } }));
  const settled = { ...record, charge: { bytes, state: 'released' } as const };
  await put(settled);

  expect(await settle()).toEqual({ image: settled });
  expect(calls).toEqual([]);
});

it('leaves an image as it was seen that has gone since', async () => {
  const { record, settle } = await chargeWorld(deleted({ charge: { bytes } }));
  const gone = { moveCharge: async () => undefined, get: async () => undefined };

  expect(await settle({ table: gone })).toEqual({ image: record });
});

it('reads nothing anew of what it has written itself', async () => {
  const { settle, table } = await chargeWorld(deleted({ charge: { bytes } }));
  const get = () => Promise.reject(new Error('read anew'));

  expect((await settle({ table: { ...table, get } })).image.charge).toMatchObject({ state: 'released' });
});

it('gives up after eight changes by others, and says when to look again', async () => {
  const { record, settle } = await chargeWorld(deleted({ charge: { bytes } }));
  let attempts = 0;
  const contested = {
    async moveCharge() {
      attempts += 1;
      if (attempts > 20) throw new Error('Nobody gives up.');
      return undefined;
    },
    get: async () => record,
  };

  expect(await settle({ table: contested })).toEqual({
    image: record,
    lookAgainAt: new Date(now.getTime() + fourMinutes),
  });
  expect(attempts).toBe(8);
});
