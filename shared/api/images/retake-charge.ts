// Has an image count again that was rejected, before it is done again: if its owner's quota has room for it.

import { randomUUID } from 'node:crypto';
import { TransientFailure } from '../../domain/errors.ts';
import type { ImageRecord } from '../../domain/image-record.ts';
import { exceededBy, type QuotaLimits, usageOf } from '../../domain/quota.ts';
import { type ChangeDependencies, changeCharge } from '../../processing/change-charge.ts';
import type { ChargeChange } from '../../processing/ports.ts';
import type { OwnerLedger } from '../ports.ts';
import { quotaExceeded } from '../quota-exceeded.ts';

export interface RetakeDependencies extends ChangeDependencies {
  readonly ledger: Pick<OwnerLedger, 'read' | 'retakeWithin'> & ChangeDependencies['ledger'];
  readonly limits: QuotaLimits;
}

/**
 * The image as it is once it counts; undefined when it has moved on. What is cut short in between, reconciling undoes.
 * @throws {Problem} `quota-exceeded`
 * @throws {TransientFailure} while it is only just being given back
 */
export async function retakeCharge(
  dependencies: RetakeDependencies,
  record: ImageRecord,
): Promise<ImageRecord | undefined> {
  const { charge, ownerId } = record;
  if (charge === undefined || (charge.state ?? 'held') === 'held') return record;
  if (charge.state !== 'released')
    throw new TransientFailure('dependency-unavailable', 'The charge of the image is on its way.');
  const changed = await changeCharge(dependencies, record, randomUUID(), async (_, change) =>
    (await isCounted(dependencies, ownerId, change)) ? 'held' : 'released',
  );
  if (changed?.charge?.state !== 'released') return changed;
  const { ledger, limits, clock = () => new Date() } = dependencies;
  const now = clock();
  const used = usageOf(await ledger.read(ownerId), now);
  const alone = { ...used, openUploads: 0 };
  throw quotaExceeded(exceededBy(charge.bytes, alone, limits) ?? 'images', used, limits, now);
}

async function isCounted(
  { ledger, limits }: RetakeDependencies,
  ownerId: string,
  change: ChargeChange,
): Promise<boolean> {
  if (await ledger.retakeWithin(ownerId, change, limits)) return true;
  // An answer was lost, and the SDK's repetition refused.
  return (await ledger.read(ownerId))?.moving[change.imageId] === change.changeId;
}
