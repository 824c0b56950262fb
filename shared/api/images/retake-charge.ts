// Has an image count again that was rejected, before it is done again: if its owner's quota has room for it.

import { randomUUID } from 'node:crypto';
import type { Charge } from '../../domain/charge.ts';
import { TransientFailure } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image-record.ts';
import { exceededBy, type QuotaLimits, usageOf } from '../../domain/quota.ts';
import type { Ledger } from '../../processing/ports.ts';
import { type ChargeDependencies, leaseMilliseconds } from '../../processing/settle-charge.ts';
import type { OwnerLedger } from '../ports.ts';
import { quotaExceeded } from '../quota-exceeded.ts';

export interface RetakeDependencies {
  readonly table: Pick<ChargeDependencies['table'], 'moveCharge'>;
  readonly ledger: Pick<OwnerLedger, 'read' | 'retakeWithin'> & Pick<Ledger, 'forget'>;
  readonly limits: QuotaLimits;
  readonly clock?: () => Date;
}

/**
 * The image as it is once it counts; undefined when it has moved on. What is cut short in between, reconciling undoes.
 * @throws {Problem} `quota-exceeded`
 * @throws {TransientFailure} while it is only just being given back
 */
export async function retakeCharge(
  { table, ledger, limits, clock = () => new Date() }: RetakeDependencies,
  record: ImageRecord,
): Promise<ImageRecord | undefined> {
  const { charge, ownerId, imageId } = record;
  if (charge === undefined || (charge.state ?? 'held') === 'held') return record;
  if (charge.state !== 'released')
    throw new TransientFailure('dependency-unavailable', 'The charge of the image is on its way.');
  const now = clock();
  const moving: Charge = {
    ...{ bytes: charge.bytes, state: 'retaking', changeId: randomUUID() },
    ...{ by: randomUUID(), leaseUntil: now.getTime() + leaseMilliseconds },
  };
  const taken = await table.moveCharge(record, moving, { isNew: true });
  if (taken === undefined) return undefined;
  const change = { imageId, bytes: charge.bytes, changeId: moving.changeId ?? '' };
  const isRetaken = await isCounted(ledger, ownerId, change, limits);
  const moved = await table.moveCharge(
    taken,
    { ...moving, state: isRetaken ? 'held' : 'released' },
    { isNew: false },
  );
  if (isRetaken) {
    if (moved) await ledger.forget(ownerId, change);
    return moved;
  }
  const used = usageOf(await ledger.read(ownerId), now);
  const alone = { ...used, openUploads: 0 };
  throw quotaExceeded(exceededBy(charge.bytes, alone, limits) ?? 'images', used, limits, now);
}

async function isCounted(
  ledger: RetakeDependencies['ledger'],
  ownerId: string,
  change: { readonly imageId: string; readonly bytes: number; readonly changeId: string },
  limits: QuotaLimits,
): Promise<boolean> {
  if (await ledger.retakeWithin(ownerId, change, limits)) return true;
  // An answer was lost, and the SDK's repetition refused.
  const { moving } = (await ledger.read(ownerId)) ?? { moving: {} };
  return (moving as Readonly<Record<string, string>>)[change.imageId] === change.changeId;
}
