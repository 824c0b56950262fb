// What an owner's ledger says is counted, and what should be, by the images that there are.

import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import type { QuotaLimits } from '../../../shared/domain/quota.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import type { MemoryStage } from './memory-stage.ts';

export interface OwnerCounts {
  readonly images: number;
  readonly bytes: number;
  readonly open: readonly string[];
  readonly moving: readonly string[];
}

export function isWithin({ openUploads, images, bytes }: QuotaLimits, counts: OwnerCounts): boolean {
  return counts.open.length <= openUploads && counts.images <= images && counts.bytes <= bytes;
}

export async function countsOfLedger({ ledger }: MemoryStage, ownerId: string): Promise<OwnerCounts> {
  const nothing = { images: 0, bytes: 0, open: {}, moving: {} };
  const { images, bytes, open, moving } = (await ledger.read(ownerId)) ?? nothing;
  return { images, bytes, open: Object.keys(open).sort(), moving: Object.keys(moving).sort() };
}

/** What really is there, of what URLs were issued for: a URL that nobody was answered counts for nothing yet. */
export async function countsOfImages(
  { images }: MemoryStage,
  issued: readonly { readonly imageId: string; readonly bytes: number }[],
): Promise<OwnerCounts> {
  const known = await Promise.all(
    issued.map(async (one) => ({ ...one, record: await images.table.get(one.imageId) })),
  );
  const counting = known.filter(({ record }) => record !== undefined && isCounting(record));
  const open = counting.filter(({ record }) => record !== undefined && !isEnded(record));
  return {
    images: counting.length,
    bytes: counting.reduce((sum, { bytes }) => sum + bytes, 0),
    open: open.map(({ imageId }) => imageId).sort(),
    moving: [],
  };
}

function isCounting(record: ImageRecord): boolean {
  return ['awaiting-upload', 'processing', 'ready', 'failed'].includes(statusOf(record));
}

function isEnded(record: ImageRecord): boolean {
  return ['ready', 'failed'].includes(statusOf(record));
}
