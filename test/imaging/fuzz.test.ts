import { afterAll, describe, expect, it } from 'vitest';
import { runCampaign } from '../../scripts/fuzz/campaign.ts';
import { mutate } from '../../scripts/fuzz/mutate.ts';
import { seeds } from '../../scripts/fuzz/seeds.ts';
import { createRandom } from '../../scripts/random/seeded.ts';
import { createImagingEngine } from '../../shared/imaging/engine.ts';

/** The short form of `npm run fuzz`: as much as ten seconds allow, at least this. */
const seconds = 10;
const leastMutations = 150;
const concurrency = 2;

const engine = createImagingEngine({ concurrency, deadlineMs: 10_000 });
afterAll(() => engine.close());

describe('damaged files', () => {
  it('end as ready, or as rejected with a code', async () => {
    const end = performance.now() + seconds * 1000;
    const tally = await runCampaign(engine, {
      seeds: await seeds(),
      randomSeed: 20_261,
      concurrency,
      isOver: ({ mutations }) => performance.now() >= end && mutations >= leastMutations,
    });
    expect(
      tally.findings.map(({ seed, mutations, problem }) => `${seed} ${mutations.join()}: ${problem}`),
    ).toEqual([]);
    expect(tally.ready).toBeGreaterThan(0);
    expect(Object.keys(tally.rejected)).toContain('corrupt-image');
  }, 60_000);

  it('can be made again from the same seed', () => {
    const file = Buffer.from('a file to be damaged, long enough to have places for it');
    const damage = () => {
      const random = createRandom(5);
      return Array.from({ length: 50 }, () => mutate(file, random, file).file.toString('hex'));
    };
    expect(damage()).toEqual(damage());
    expect(new Set(damage()).size).toBeGreaterThan(30);
  });
});
