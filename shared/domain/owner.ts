// Who an image belongs to: one name for one subject of one issuer, the same wherever it is asked for. Pure.

import { createHash } from 'node:crypto';

/** The owner that a token's issuer and subject name. Two issuers' subjects of one name are two owners. */
export function ownerIdOf(issuer: string, subject: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex');
  return `own-${digest.slice(0, 32)}`;
}
