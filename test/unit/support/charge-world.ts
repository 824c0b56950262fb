// An image with a charge, the ledger of its owner, and what settles the one in the other.

import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import type { Ledger } from '../../../shared/processing/ports.ts';
import { type SettleChargeDependencies, settleCharge } from '../../../shared/processing/settle-charge.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { noLimits } from '../../support/quotas.ts';

export const now = new Date('2026-11-02T09:00:00.000Z');
export const fourMinutes = 4 * 60_000;
export const ownerId = 'owner';
export const bytes = 5;
const other = { imageId: 'other', bytes: 3 };

type Changes = Partial<ImageRecord>;
export const rejected = (changes: Changes = {}) =>
  processing({ renditionsTask: taskRecord({ state: 'rejected' }), ...changes });
export const deleted = (changes: Changes = {}) => ready({ removed: { byOwner: true }, ...changes });
export const expired = (changes: Changes = {}) => overdue({ expired: true, ...changes });

/** What an image counts of an owner who has another one, which stays open. Both are counted, unless the image's charge is released. */
export async function chargeWorld(image: ImageRecord) {
  const { table, put } = createMemoryImages(() => now);
  const ledger = createMemoryLedger(() => now);
  const record = { ...image, ownerId };
  await put(record);
  await ledger.reserve(ownerId, other, noLimits, true);
  await ledger.reserve(ownerId, { imageId: image.imageId, bytes }, noLimits, false);
  if (image.charge?.state === 'released') await ledger.expire(ownerId, image.imageId, bytes);
  const calls: string[] = [];
  const watched = new Proxy<Ledger>(ledger, {
    get(target, name: keyof Ledger) {
      calls.push(name);
      return target[name];
    },
  });
  const dependencies: SettleChargeDependencies = { table, ledger: watched, clock: () => now };
  return {
    ...{ record, table, put, ledger, calls, dependencies },
    settle: (changes: Partial<SettleChargeDependencies> = {}) =>
      settleCharge({ ...dependencies, ...changes }, record, 'me'),
    stored: () => table.get(record.imageId),
    counted: () => ledger.read(ownerId),
  };
}

export const both = { images: 2, bytes: 8 };
export const otherAlone = { images: 1, bytes: 3, open: { other: 3 }, moving: {} };
