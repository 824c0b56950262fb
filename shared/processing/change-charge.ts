// One change of what an image counts in its owner's ledger: exactly once, over two items and without transactions.
// docs/adr/0030 says why each step may be repeated, and may be the last.

import { randomUUID } from 'node:crypto';
import type { Charge } from '../domain/charge.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { ChargeChange, ImageTable, Ledger } from './ports.ts';

export interface ChangeDependencies {
  readonly table: Pick<ImageTable, 'moveCharge'>;
  readonly ledger: Pick<Ledger, 'forget'>;
  readonly clock?: () => Date;
}

/** Counts a change in the ledger, once however often it is asked to. @returns the state that it leads to */
export type Count = (
  image: ImageRecord,
  change: ChargeChange,
  state: Charge['state'],
) => Promise<'held' | 'released'>;

/** Longer than any function runs. */
export const leaseMilliseconds = 4 * 60 * 1000;

/** A change has begun, and is not known to have ended. */
export function isMoving(state: Charge['state']): boolean {
  return state === 'releasing' || state === 'retaking';
}

/**
 * Notes the change in the record, counts it in the ledger, notes that it is counted, and has the ledger forget it. What
 * somebody has begun and not ended goes on where it is.
 * @param by who does: the same name for whoever goes on after a crash, another one for anybody else
 * @returns the image afterwards; undefined when it has no charge, or somebody else has changed it
 */
export async function changeCharge(
  { table, ledger, clock = () => new Date() }: ChangeDependencies,
  image: ImageRecord,
  by: string,
  count: Count,
): Promise<ImageRecord | undefined> {
  const { charge, ownerId, imageId } = image;
  if (charge === undefined) return undefined;
  const { state = 'held', bytes } = charge;
  const isNew = !isMoving(state);
  const moving: Charge = {
    ...charge,
    ...{ by, leaseUntil: clock().getTime() + leaseMilliseconds },
    ...(isNew && { state: state === 'held' ? 'releasing' : 'retaking', changeId: randomUUID() }),
  };
  // The record has room for one name: whoever made the change before may not have lived to have it forgotten.
  if (isNew && charge.changeId !== undefined)
    await ledger.forget(ownerId, { imageId, changeId: charge.changeId });
  const taken = await table.moveCharge(image, moving, { isNew });
  if (taken === undefined) return undefined;
  const change = { imageId, bytes, changeId: moving.changeId ?? '' };
  const after = await count(taken, change, moving.state);
  const moved = await table.moveCharge(taken, { ...moving, state: after }, { isNew: false });
  if (moved) await ledger.forget(ownerId, change);
  return moved;
}
