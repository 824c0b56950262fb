// Runs mutated files through the metadata reader and the imaging engine, and judges how each ends.

import { asFailure, PermanentFailure } from '../../shared/domain/errors.ts';
import type { Variant } from '../../shared/domain/variants.ts';
import type { ImagingEngine } from '../../shared/imaging/contract.ts';
import { bufferSource } from '../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../shared/imaging/metadata/read-metadata.ts';
import { createRandom, type Random } from '../random/seeded.ts';
import { mutate } from './mutate.ts';
import { breaches } from './record-law.ts';
import type { Seed } from './seed.ts';

/** One rendition that shows all, one that is cropped: the whole path at little cost. */
const variants: readonly Variant[] = [
  { name: 'whole', width: 48, height: 48, fit: 'inside', formats: ['webp'] },
  { name: 'cropped', width: 16, height: 16, fit: 'cover', crop: 'attention', formats: ['jpeg'] },
];

/** Milliseconds of CPU in which a header has to be read, whatever it says. */
const maxMetadataCpuMs = 1_000;

interface Finding {
  readonly seed: string;
  readonly mutations: readonly string[];
  readonly problem: string;
  readonly file: Buffer;
}

export interface Tally {
  mutations: number;
  ready: number;
  /** By code. */
  readonly rejected: Record<string, number>;
  readonly findings: Finding[];
}

export interface CampaignOptions {
  readonly seeds: readonly Seed[];
  readonly randomSeed: number;
  /** Files in flight at once. */
  readonly concurrency: number;
  /** Asked before each mutation. */
  readonly isOver: (tally: Tally) => boolean;
  readonly onProgress?: (tally: Tally) => void;
}

/** @param engine what develops the files; without one, their metadata alone is read */
export async function runCampaign(
  engine: ImagingEngine | undefined,
  options: CampaignOptions,
): Promise<Tally> {
  const random = createRandom(options.randomSeed);
  const tally: Tally = { mutations: 0, ready: 0, rejected: {}, findings: [] };
  const lane = async () => {
    while (!options.isOver(tally)) {
      tally.mutations += 1;
      await runOne(engine, random, options.seeds, tally);
      options.onProgress?.(tally);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, lane));
  return tally;
}

async function runOne(
  engine: ImagingEngine | undefined,
  random: Random,
  seeds: readonly Seed[],
  tally: Tally,
): Promise<void> {
  const [seed, other] = [seeds[random.below(seeds.length)], seeds[random.below(seeds.length)]];
  if (seed === undefined || other === undefined) throw new TypeError('no seeds');
  const { file, names } = mutate(seed.file, random, other.file);
  const find = (problem: string) => tally.findings.push({ seed: seed.name, mutations: names, problem, file });
  const metadataProblem = await metadataProblemOf(file);
  if (metadataProblem !== undefined) find(metadataProblem);
  try {
    await (engine === undefined ? readMetadata(bufferSource(file)) : engine.render(file, variants));
    tally.ready += 1;
  } catch (error) {
    const { code, message } = asFailure(error);
    if (error instanceof PermanentFailure) tally.rejected[code] = (tally.rejected[code] ?? 0) + 1;
    else find(`render: ${code}: ${message}`);
  }
}

async function metadataProblemOf(file: Buffer): Promise<string | undefined> {
  const start = process.cpuUsage();
  try {
    const found = breaches(await readMetadata(bufferSource(file)));
    if (found.length > 0) return `metadata: ${found.join(', ')}`;
  } catch (error) {
    if (!(error instanceof PermanentFailure))
      return `metadata: ${error instanceof Error ? error.stack : error}`;
  }
  const { user, system } = process.cpuUsage(start);
  const cpuMs = Math.round((user + system) / 1000);
  return cpuMs > maxMetadataCpuMs ? `metadata took ${cpuMs} ms of CPU` : undefined;
}
