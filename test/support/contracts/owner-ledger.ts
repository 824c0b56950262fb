// What every owner's ledger must do, the one on DynamoDB and the one in memory: each change counted once, and limits held.

import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OwnerLedger } from '../../../shared/api/ports.ts';
import { hourOf, type QuotaLimits } from '../../../shared/domain/quota.ts';
import type { Ledger } from '../../../shared/processing/ports.ts';

const now = new Date('2026-11-02T09:00:00.000Z');
const limits: QuotaLimits = { openUploads: 3, images: 5, bytes: 100, rejectedPerHour: 2 };
const imageId = uuidv7();
const change = { imageId, bytes: 10, changeId: 'change' };
const again = { ...change, changeId: 'another' };
const asDeletion = { isRejection: false };
const asRejection = { isRejection: true };

/** @param open makes ledgers that take for now what the clock says */
export function ownerLedgerContract(open: (clock: () => Date) => Promise<Ledger & OwnerLedger>): void {
  let ledger: Ledger & OwnerLedger;
  let owner: string;
  let time = now;

  beforeAll(async () => {
    ledger = await open(() => time);
  });
  beforeEach(() => {
    owner = `own-${uuidv7()}`;
    time = now;
  });

  const reserve = (bytes = 10, id = uuidv7(), isFirst = false) =>
    ledger.reserve(owner, { imageId: id, bytes }, limits, isFirst);
  const state = () => ledger.read(owner);
  const begun = () => reserve(10, imageId, true);
  const nothing = { images: 0, bytes: 0, open: {}, moving: {} };

  describe('reserve', () => {
    it('begins a ledger with its first image', async () => {
      expect(await state()).toBeUndefined();

      expect(await begun()).toBe(true);

      expect(await state()).toMatchObject({ images: 1, bytes: 10, open: { [imageId]: 10 }, moving: {} });
    });

    it('counts every other one beside it, even where it was thought to be the first', async () => {
      await begun();

      expect(await reserve(5)).toBe(true);
      expect(await reserve(1, uuidv7(), true)).toBe(true);

      expect(await state()).toMatchObject({ images: 3, bytes: 16 });
    });

    it('does not count an image twice', async () => {
      await begun();

      expect(await reserve(10, imageId)).toBe(false);
      expect(await reserve(10, imageId, true)).toBe(false);

      expect(await state()).toMatchObject({ images: 1, bytes: 10 });
    });

    it('counts nothing where there is no ledger', async () => {
      expect(await reserve()).toBe(false);
      expect(await state()).toBeUndefined();
    });

    it('holds the limit of open uploads, to the last', async () => {
      await begun();
      expect(await reserve(1)).toBe(true);
      expect(await reserve(1)).toBe(true);
      expect(await reserve(1)).toBe(false);

      await ledger.close(owner, imageId);

      expect(await reserve(1)).toBe(true);
    });

    it('holds the limit of images, to the last', async () => {
      await begun();
      await ledger.close(owner, imageId);
      for (let image = 0; image < 4; image += 1) {
        const id = uuidv7();
        expect(await reserve(1, id)).toBe(true);
        await ledger.close(owner, id);
      }

      expect(await reserve(1)).toBe(false);
    });

    it('holds the limit of bytes, to the last', async () => {
      await begun();

      expect(await reserve(91)).toBe(false);
      expect(await reserve(90)).toBe(true);
    });

    it('holds the limit of rejections until the hour is over', async () => {
      for (const id of [uuidv7(), uuidv7()]) {
        await reserve(10, id, true);
        await ledger.release(owner, { ...change, imageId: id }, asRejection);
      }
      expect(await state()).toMatchObject({ images: 0, rejectedCount: 2, rejectedHour: hourOf(now) });
      expect(await reserve()).toBe(false);

      time = new Date(now.getTime() + 3_600_000);

      expect(await reserve()).toBe(true);
    });

    it('gives the last places to so many of a hundred that ask at once', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => reserve(1, uuidv7(), true)));

      expect(answers.filter(Boolean)).toHaveLength(limits.openUploads);
      expect(await state()).toMatchObject({ images: 3, bytes: 3 });
    });
  });

  describe('close', () => {
    it('leaves the image counted, and its upload not open', async () => {
      await begun();

      await ledger.close(owner, imageId);
      await ledger.close(owner, imageId);

      expect(await state()).toMatchObject({ images: 1, bytes: 10, open: {} });
    });
  });

  describe('expire', () => {
    it('gives back what is open, once', async () => {
      await begun();
      await reserve(5);

      await ledger.expire(owner, imageId, 10);
      await ledger.expire(owner, imageId, 10);

      expect(await state()).toMatchObject({ images: 1, bytes: 5 });
      expect((await state())?.open).not.toHaveProperty(imageId);
    });

    it('gives back nothing that was never counted', async () => {
      await begun();

      await ledger.expire(owner, uuidv7(), 10);

      expect(await state()).toMatchObject({ images: 1, bytes: 10 });
    });
  });

  describe.each([
    ['a deletion', asDeletion, undefined],
    ['a rejection', asRejection, 1],
  ])('the release of %s', (_what, options, rejectedCount) => {
    it('gives back once, and remembers until it may forget', async () => {
      await begun();

      await ledger.release(owner, change, options);
      await ledger.release(owner, change, options);
      expect(await state()).toMatchObject({ ...nothing, moving: { [imageId]: 'change' } });
      expect((await state())?.rejectedCount).toBe(rejectedCount);

      await ledger.forget(owner, again);
      expect((await state())?.moving).toEqual({ [imageId]: 'change' });
      await ledger.forget(owner, change);
      expect(await state()).toMatchObject(nothing);
      expect((await state())?.moving).toEqual({});
    });

    it('takes no more than there is', async () => {
      await begun();

      await ledger.release(owner, { ...change, bytes: 11 }, options);

      expect(await state()).toMatchObject({ images: 1, bytes: 10, moving: {} });
    });

    it('does nothing where there is no ledger', async () => {
      await ledger.release(owner, change, options);

      expect(await state()).toBeUndefined();
    });
  });

  it('counts rejections of a new hour from one', async () => {
    for (const [id, hour] of [
      ['a', 0],
      ['b', 0],
      ['c', 1],
    ] as const) {
      time = new Date(now.getTime() + hour * 3_600_000);
      await reserve(10, id, true);
      await ledger.release(owner, { ...change, imageId: id }, asRejection);
    }

    expect(await state()).toMatchObject({ rejectedHour: hourOf(now) + 1, rejectedCount: 1 });
  });

  it('counts every rejection of many that come at once', async () => {
    const plenty: QuotaLimits = { openUploads: 1000, images: 1000, bytes: 1000, rejectedPerHour: 1000 };
    const images = Array.from({ length: 20 }, () => ({ imageId: uuidv7(), bytes: 1 }));
    for (const image of images) await ledger.reserve(owner, image, plenty, true);

    await Promise.all(images.map((image) => ledger.release(owner, { ...image, changeId: 'x' }, asRejection)));

    expect(await state()).toMatchObject({ images: 0, bytes: 0, open: {}, rejectedCount: 20 });
  });

  describe('a retake', () => {
    beforeEach(async () => {
      await begun();
      await ledger.release(owner, change, asDeletion);
    });

    it('counts again, once, whatever the limits', async () => {
      await ledger.retake(owner, { ...again, bytes: 1000 });
      await ledger.retake(owner, { ...again, bytes: 1000 });

      expect(await state()).toMatchObject({ images: 1, bytes: 1000, moving: { [imageId]: 'another' } });
    });

    it('within limits counts again where there is room, once', async () => {
      expect(await ledger.retakeWithin(owner, { ...again, bytes: 101 }, limits)).toBe(false);
      expect(await ledger.retakeWithin(owner, again, limits)).toBe(true);
      expect(await ledger.retakeWithin(owner, again, limits)).toBe(false);

      expect(await state()).toMatchObject({ images: 1, bytes: 10 });
    });

    it('can be undone, once, and only where it was done', async () => {
      await ledger.undoRetake(owner, again);
      expect(await state()).toMatchObject({ images: 0, moving: { [imageId]: 'change' } });

      await ledger.retake(owner, again);
      await ledger.undoRetake(owner, again);
      await ledger.undoRetake(owner, again);

      expect(await state()).toMatchObject({ images: 0, bytes: 0 });
      expect((await state())?.moving).toEqual({});
    });
  });
}
