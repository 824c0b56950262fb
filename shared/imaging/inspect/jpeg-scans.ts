// How many scans a JPEG has: each walks the whole picture, so a legal file can cost minutes.

import { PermanentFailure } from '../../domain/errors.ts';
import type { ByteSource } from '../contract.ts';
import { pieces } from './byte-source.ts';
import type { InspectedFile } from './inspect.ts';
import type { ImagingLimits } from './limits.ts';

const startOfScan = 0xda;

/** @throws {PermanentFailure} `too-expensive` when a progressive JPEG has more scans than its pixels can bear */
export async function enforceScanLimit(
  original: ByteSource,
  { stored, isProgressive }: InspectedFile,
  limits: ImagingLimits,
): Promise<void> {
  if (isProgressive !== true) return;
  const scans = await countScans(original);
  const megapixels = (stored.width * stored.height) / 1e6;
  if (scans * megapixels > limits.maxScanMegapixels) {
    throw new PermanentFailure('too-expensive', `${scans} scans of ${Math.round(megapixels)} megapixels`);
  }
}

/** Counts SOS markers by hopping from 0xff to 0xff: about 1 ms for a large photo. */
export async function countScans(jpeg: ByteSource): Promise<number> {
  let count = 0;
  let endedInMarker = false;
  for await (const piece of pieces(jpeg)) {
    if (endedInMarker && piece[0] === startOfScan) count += 1;
    for (let at = piece.indexOf(0xff); at !== -1; at = piece.indexOf(0xff, at + 1)) {
      if (piece[at + 1] === startOfScan) count += 1;
    }
    endedInMarker = piece.at(-1) === 0xff;
  }
  return count;
}
