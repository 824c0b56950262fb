// Redrive and backfill, killed at random moments: no message is lost, no cap exceeded. `npm run chaos -- --tools` does
// the same fifty times each.
import { describe, expect, it } from 'vitest';
import { killBackfill, killRedrive } from '../../scripts/chaos/kill-tools.ts';
import { useOperationsCloud } from './operations-cloud.ts';

const cloud = useOperationsCloud();

describe('a tool that is killed at random moments', () => {
  it('loses no message, when it is redrive', { timeout: 60_000 }, async () => {
    const { messages, lost } = await killRedrive(cloud.stage, { kills: 4 });

    expect(messages).toBeGreaterThanOrEqual(160);
    expect(lost).toEqual([]);
  });

  it('misses no object and never publishes past its cap, when it is backfill', {
    timeout: 60_000,
  }, async () => {
    const { missed, cap, publishedWithinCap } = await killBackfill(cloud.stage, {
      kills: 4,
      folder: cloud.dataDir,
    });

    expect(missed).toEqual([]);
    expect(publishedWithinCap).toBeLessThanOrEqual(cap);
    expect(publishedWithinCap).toBeGreaterThan(0);
  });
});
