// What a settled image counts: brought to what its status asks for, and to nothing where that is not decided.

import { expect, it } from 'vitest';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { settleCharge } from '../../../shared/processing/settle-charge.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';
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

it.each([
  ['ready', ready()],
  ['failed', processing({ renditionsTask: taskRecord({ state: 'failed' }) })],
])('closes the upload of an image that is %s, which goes on counting', async (_what, image) => {
  const { record, settle, stored, counted } = await chargeWorld({ ...image, charge: { bytes } });

  expect(await settle()).toEqual({ image: record });

  expect(await counted()).toEqual({ ...both, open: { other: 3 }, moving: {} });
  expect(await stored()).toEqual(record);
});

it.each([
  ['that is not settled yet', processing({ charge: { bytes } })],
  ['that waits for its upload', overdue({ charge: { bytes } })],
])('leaves the charge alone of an image %s', async (_what, image) => {
  const { record, settle, calls } = await chargeWorld(image);

  expect(await settle()).toEqual({ image: record });
  expect(calls).toEqual([]);
});

it('has nothing to settle of an image that never counted', async () => {
  const { charge: _, ...image } = rejected();
  const { record, settle, calls } = await chargeWorld(image);

  expect(await settle()).toEqual({ image: record });
  expect(calls).toEqual([]);
});

it.each<[string, ImageRecord, number | undefined]>([
  ['rejected, and counts the rejection', rejected({ charge: { bytes } }), 1],
  ['deleted', deleted({ charge: { bytes } }), undefined],
  ['deleted after it was rejected', rejected({ charge: { bytes }, removed: { byOwner: true } }), undefined],
])('gives back what an image counts that is %s', async (_what, image, rejectedCount) => {
  const { record, settle, stored, counted } = await chargeWorld(image);

  const settled = await settle();

  expect(settled).toEqual({ image: await stored() });
  expect(settled.image).toEqual({
    ...record,
    charge: {
      ...{ bytes, state: 'released', changeId: expect.stringMatching(/./), by: 'me' },
      leaseUntil: now.getTime() + fourMinutes,
    },
  });
  expect(await counted()).toMatchObject(otherAlone);
  expect((await counted())?.rejectedCount).toBe(rejectedCount);
});

it('leases from the present time on where it is given no clock', async () => {
  const { record, dependencies } = await chargeWorld(deleted({ charge: { bytes } }));
  const { clock: _, ...withoutClock } = dependencies;
  const before = Date.now();

  const { image } = await settleCharge(withoutClock, record, 'me');

  expect(image.charge?.leaseUntil).toBeGreaterThanOrEqual(before + fourMinutes);
});

it('counts an image again that has become ready after all', async () => {
  const { settle, counted } = await chargeWorld(ready({ charge: { bytes, state: 'released' } }));

  const { image } = await settle();

  expect(image.charge).toMatchObject({ bytes, state: 'held', by: 'me' });
  expect(await counted()).toEqual({ ...both, open: { other: 3 }, moving: {} });
});

it('has the ledger forget what was counted, and closes nothing, where an image is released already', async () => {
  const charge = { bytes, state: 'released', changeId: 'change' } as const;
  const { settle, calls } = await chargeWorld(deleted({ charge }));

  await settle();

  expect(calls).toEqual(['forget']);
});

it('makes one call for an image that is held, and was never moved', async () => {
  const { settle, calls } = await chargeWorld(ready({ charge: { bytes, state: 'held' } }));

  await settle();

  expect(calls).toEqual(['close']);
});

it('has the ledger forget a retake whose maker did not live to', async () => {
  const charge = { bytes, state: 'held', changeId: 'change' } as const;
  const { record, settle, ledger, counted } = await chargeWorld(ready({ charge }));
  await ledger.retake(ownerId, { imageId: record.imageId, bytes, changeId: 'change' });

  await settle();

  expect((await counted())?.moving).toEqual({});
});

it('gives back what an image counts that nobody uploaded, if it was counted', async () => {
  const { record, settle, ledger, counted } = await chargeWorld(expired());

  expect((await settle()).image).toEqual({ ...record, charge: { bytes, state: 'released' } });
  expect(await counted()).toEqual(otherAlone);

  const uncounted = await chargeWorld(expired());
  await uncounted.ledger.expire(ownerId, uncounted.record.imageId, bytes);
  await uncounted.settle();
  expect(await uncounted.counted()).toEqual(otherAlone);
  expect((await ledger.read(ownerId))?.rejectedCount).toBeUndefined();
});

it('gives back what expired in one go, though the image is listed for another time since', async () => {
  const { record, settle, put, stored, calls } = await chargeWorld(expired());
  await put({ ...record, overdueAt: now.toISOString() });

  await settle();

  expect((await stored())?.charge).toEqual({ bytes, state: 'released' });
  expect(calls).toEqual(['expire']);
});
