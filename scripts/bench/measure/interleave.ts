// Runs contenders in turns (A B C, A B C, …), so that whatever slows the machine slows them all, and keeps every sample.

import { treeCpuMs } from './cpu.ts';
import { meanOf, type Spread, spreadOf, sumOf } from './statistics.ts';

/** One way of doing the work. */
export interface Contender<Item> {
  readonly name: string;
  run(item: Item): Promise<unknown>;
  /** What its CPU time is read from; default: this process and all it has started. */
  readonly cpuMs?: () => number;
}

/** CPU milliseconds by contender, round and item. */
export type Samples = Readonly<Record<string, readonly (readonly number[])[]>>;

export interface Rounds<Item> {
  readonly contenders: readonly Contender<Item>[];
  readonly items: readonly Item[];
  readonly rounds: number;
  /** Told after each piece of work. */
  readonly onStep?: () => void;
}

/** One round more than asked for is run first and forgotten: caches, code and heaps are warm then. */
export async function interleave<Item>({
  contenders,
  items,
  rounds,
  onStep,
}: Rounds<Item>): Promise<Samples> {
  const samples = Object.fromEntries(contenders.map(({ name }) => [name, [] as number[][]]));
  for (let round = -1; round < rounds; round += 1) {
    const ofRound = contenders.map((): number[] => []);
    for (const [index, item] of items.entries()) {
      for (const [place] of contenders.entries()) {
        // Everybody goes first as often as the others.
        const chosen = (place + index + Math.max(0, round)) % contenders.length;
        const contender = contenders[chosen];
        if (contender === undefined) continue;
        const cpuMs = contender.cpuMs ?? treeCpuMs;
        const before = cpuMs();
        await contender.run(item);
        ofRound[chosen]?.push(cpuMs() - before);
        onStep?.();
      }
    }
    if (round < 0) continue;
    for (const [index, { name }] of contenders.entries()) samples[name]?.push(ofRound[index] ?? []);
  }
  return samples;
}

/** How many times `onStep` is called. */
export function stepsOf({ contenders, items, rounds }: Rounds<unknown>): number {
  return contenders.length * items.length * (rounds + 1);
}

/** CPU milliseconds an item: one mean a round, and their spread. */
export function cpuOf(samples: Samples, name: string): Spread {
  return spreadOf(roundsOf(samples, name).map(meanOf));
}

/**
 * CPU of one contender as a multiple of another's: one ratio a round, and their spread.
 * @param indexes the items to look at; default: all
 */
export function ratioOf(samples: Samples, name: string, to: string, indexes?: readonly number[]): Spread {
  const others = roundsOf(samples, to);
  const chosen = (round: readonly number[]) => (indexes ? indexes.map((index) => round[index] ?? 0) : round);
  return spreadOf(
    roundsOf(samples, name).map((round, index) => sumOf(chosen(round)) / sumOf(chosen(others[index] ?? []))),
  );
}

function roundsOf(samples: Samples, name: string): readonly (readonly number[])[] {
  const rounds = samples[name];
  if (rounds === undefined) throw new Error(`nobody measured ${name}`);
  return rounds;
}
