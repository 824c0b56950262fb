// Counts an image in its owner's ledger before a URL is issued for it, or says why it cannot be.

import { exceededBy, type LedgerRecord, type QuotaLimits, usageOf } from '../../domain/quota.ts';
import type { OwnerLedger } from '../ports.ts';
import { quotaExceeded } from '../quota-exceeded.ts';

export interface ReserveDependencies {
  readonly ledger: Pick<OwnerLedger, 'read' | 'reserve'>;
  readonly limits: QuotaLimits;
}

/** How often room may be found at the second look. */
const maxAttempts = 3;

/**
 * Looks whether there is room, so that who has none is refused without a write.
 * @throws {Problem} `quota-exceeded`
 */
export async function lookForRoom(
  { ledger, limits }: ReserveDependencies,
  ownerId: string,
  bytes: number,
  now: Date,
): Promise<LedgerRecord | undefined> {
  const found = await ledger.read(ownerId);
  refuseWithoutRoom(found, bytes, limits, now);
  return found;
}

/**
 * One conditional write; where it is refused, a look at why.
 * @throws {Problem} `quota-exceeded`
 */
export async function reserve(
  dependencies: ReserveDependencies,
  ownerId: string,
  image: { readonly imageId: string; readonly bytes: number },
  found: LedgerRecord | undefined,
  now: Date,
): Promise<void> {
  const { ledger, limits } = dependencies;
  let latest = found;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    if (await ledger.reserve(ownerId, image, limits, latest === undefined)) return;
    latest = await ledger.read(ownerId);
    // An answer was lost, and the SDK's repetition refused.
    if (latest?.open[image.imageId] !== undefined) return;
    refuseWithoutRoom(latest, image.bytes, limits, now);
  }
  // Room came and went between the looks: others were quicker.
  throw quotaExceeded('openUploads', usageOf(latest, now), limits, now);
}

function refuseWithoutRoom(
  ledger: LedgerRecord | undefined,
  bytes: number,
  limits: QuotaLimits,
  now: Date,
): void {
  const used = usageOf(ledger, now);
  const quota = exceededBy(bytes, used, limits);
  if (quota) throw quotaExceeded(quota, used, limits, now);
}
