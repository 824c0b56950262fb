// The use case behind GET /usage: the caller's quotas, and what is used of them.

import { type QuotaLimits, quotas, usageOf } from '../../domain/quota.ts';
import type { Answer } from '../answer.ts';
import type { OwnerLedger } from '../ports.ts';

export interface GetUsageDependencies {
  readonly ledger: Pick<OwnerLedger, 'read'>;
  readonly limits: QuotaLimits;
}

export async function getUsage({ ledger, limits }: GetUsageDependencies, ownerId: string): Promise<Answer> {
  const used = usageOf(await ledger.read(ownerId), new Date());
  const body = Object.fromEntries(
    quotas.map((quota) => [quota, { used: used[quota], limit: limits[quota] }]),
  );
  return { status: 200, body };
}
