// What an image ought to count against its owner's quota, told from its status. Pure.

import type { ImageRecord } from './image-record.ts';
import { statusOf } from './status.ts';

/** How the charge of an image ought to stand; undefined while that is not decided. */
export function wantedCharge(record: ImageRecord): 'held' | 'released' | undefined {
  switch (statusOf(record)) {
    case 'ready':
    case 'failed':
      return 'held';
    case 'rejected':
    case 'deleted':
    case 'expired':
      return 'released';
    case 'awaiting-upload':
    case 'processing':
      return undefined;
  }
}
