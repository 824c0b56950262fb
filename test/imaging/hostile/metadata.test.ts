import { describe, expect, it } from 'vitest';
import { breaches } from '../../../scripts/fuzz/record-law.ts';
import { PermanentFailure } from '../../../shared/domain/errors.ts';
import { hostileKinds } from './kinds.ts';
import { measuredReading } from './measure.ts';

/** Ten times what the worst kind takes on a laptop: what these bounds are for takes seconds, or never ends. */
const maxCpuMs = 1_000;
const maxPeakMb = 150;
const maxReads = 64;

describe.each(hostileKinds.map((kind) => [kind.name, kind] as const))('%s', (_, kind) => {
  it.each(kind.sizes)('settles at size %i, within bounds', async (size) => {
    const { outcome, cpuMs, peakMb, reads } = await measuredReading(kind.file(size));
    if (!(outcome instanceof PermanentFailure)) expect(breaches(outcome)).toEqual([]);
    expect(cpuMs).toBeLessThan(maxCpuMs);
    expect(peakMb).toBeLessThan(maxPeakMb);
    expect(reads).toBeLessThanOrEqual(maxReads);
  });
});
