// Brings what an image counts in its owner's ledger to what its status says that it ought to.

import type { Charge } from '../domain/charge.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import { statusOf } from '../domain/status.ts';
import { wantedCharge } from '../domain/wanted-charge.ts';
import { type Count, changeCharge, isMoving, leaseMilliseconds } from './change-charge.ts';
import type { ImageTable, Ledger } from './ports.ts';

export interface SettleChargeDependencies {
  readonly table: Pick<ImageTable, 'get' | 'moveCharge'>;
  readonly ledger: Ledger;
  readonly clock?: () => Date;
}

/** Of one charge in one call: each is another's doing, or a crash's. */
const maxSteps = 8;

/** An image as it is once its charge is settled; when to look again, where somebody else is at it. */
export interface SettledCharge {
  readonly image: ImageRecord;
  readonly lookAgainAt?: Date;
}

/**
 * Settles the charge of an image whose status is decided.
 * @param by who does: the same name for whoever goes on after a crash, another one for anybody else
 */
export async function settleCharge(
  dependencies: SettleChargeDependencies,
  record: ImageRecord,
  by: string,
): Promise<SettledCharge> {
  const { table, ledger, clock = () => new Date() } = dependencies;
  let image = record;
  for (let step = 0; step < maxSteps; step += 1) {
    const { charge } = image;
    const wanted = wantedCharge(image);
    if (charge === undefined || wanted === undefined) return { image };
    const { state = 'held', leaseUntil = 0 } = charge;
    if (state === wanted) {
      await conclude(ledger, image, charge);
      return { image };
    }
    const isElsewhere = isMoving(state) && charge.by !== by && leaseUntil > clock().getTime();
    if (isElsewhere) return { image, lookAgainAt: new Date(leaseUntil) };
    const moved = await takeStep(dependencies, image, charge, by);
    const latest = moved ?? (await table.get(image.imageId));
    if (latest === undefined) return { image };
    image = latest;
  }
  return { image, lookAgainAt: new Date(clock().getTime() + leaseMilliseconds) };
}

/** One change of state, from beginning to end; undefined when somebody else has changed it, or the image. */
async function takeStep(
  dependencies: SettleChargeDependencies,
  image: ImageRecord,
  { state = 'held', bytes }: Charge,
  by: string,
): Promise<ImageRecord | undefined> {
  const { table, ledger } = dependencies;
  if (image.expired && state === 'held') {
    // What was never uploaded is open until it is not: that alone says whether it was counted.
    await ledger.expire(image.ownerId, image.imageId, bytes);
    return table.moveCharge(image, { bytes, state: 'released' }, { isNew: false });
  }
  return changeCharge(dependencies, image, by, counter(ledger));
}

/** Counts what the image's status asks for. A retake that was begun for nothing is undone. */
function counter(ledger: Ledger): Count {
  return async (image, change, state) => {
    const { ownerId } = image;
    if (state === 'releasing') {
      await ledger.release(ownerId, change, { isRejection: statusOf(image) === 'rejected' });
      return 'released';
    }
    if (wantedCharge(image) === 'released') {
      await ledger.undoRetake(ownerId, change);
      return 'released';
    }
    await ledger.retake(ownerId, change);
    return 'held';
  };
}

async function conclude(
  ledger: Ledger,
  { imageId, ownerId }: ImageRecord,
  { state, changeId }: Charge,
): Promise<void> {
  if (state !== 'released') await ledger.close(ownerId, imageId);
  // Whoever made the change may not have lived to have it forgotten.
  if (changeId !== undefined) await ledger.forget(ownerId, { imageId, changeId });
}
