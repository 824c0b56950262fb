// What a run has shown: which mutants nobody noticed and nobody has explained, and how many were noticed. Pure.

import type { Survivor } from './survivors.ts';

/** One mutant and what became of it. */
export interface Tested {
  /** From the project's folder. */
  readonly file: string;
  readonly line: number;
  /** The code that was replaced. */
  readonly original: string;
  readonly replacement: string;
  readonly fate: 'killed' | 'timed out' | 'survived' | 'not tried';
}

export interface RoomScore {
  readonly room: string;
  readonly tried: number;
  readonly killed: number;
  /** Survivors that behave as the original does. */
  readonly equivalent: number;
  /** Survivors that do not, but that the list explains. */
  readonly accepted: number;
  /** Of those that are not equivalent. */
  readonly killedShare: number;
}

export interface Judgement {
  readonly rooms: readonly RoomScore[];
  readonly unexplained: readonly Tested[];
  /** Entries that no mutant fits any more. */
  readonly stale: readonly Survivor[];
  /** Entries whose mutants were all killed. */
  readonly killed: readonly Survivor[];
}

/** @param survivors those of the files that were mutated, and no others */
export function judge(tested: readonly Tested[], survivors: readonly Survivor[]): Judgement {
  const explanationOf = (mutant: Tested) => survivors.find((survivor) => fits(survivor, mutant));
  const fitting = survivors.map((survivor) => ({
    survivor,
    fates: tested.filter((mutant) => fits(survivor, mutant)).map(({ fate }) => fate),
  }));
  const tried = tested.filter(({ fate }) => fate !== 'not tried');
  const byRoom = Object.entries(Object.groupBy(tried, ({ file }) => roomOf(file)));
  return {
    rooms: byRoom.map(([room, ofRoom = []]) => {
      const explanations = ofRoom.filter(({ fate }) => fate === 'survived').map(explanationOf);
      const survived = explanations.length;
      const equivalent = explanations.filter((survivor) => survivor?.isEquivalent).length;
      const accepted = explanations.filter((survivor) => survivor && !survivor.isEquivalent).length;
      const killed = ofRoom.length - survived;
      const killedShare = killed / Math.max(1, ofRoom.length - equivalent);
      return { room, tried: ofRoom.length, killed, equivalent, accepted, killedShare };
    }),
    unexplained: tried.filter((mutant) => mutant.fate === 'survived' && !explanationOf(mutant)),
    stale: fitting.filter(({ fates }) => fates.length === 0).map(({ survivor }) => survivor),
    killed: fitting
      .filter(({ fates }) => fates.length > 0 && fates.every((fate) => fate === 'killed'))
      .map(({ survivor }) => survivor),
  };
}

/** `shared/domain/events/x.ts` is of the room `domain`. */
export function roomOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function fits({ file, original, replacement }: Survivor, mutant: Tested): boolean {
  return (
    mutant.file === file &&
    asListed(mutant.original) === original &&
    asListed(mutant.replacement) === replacement
  );
}

const maxCharacters = 100;

/** Code as the list writes it: on one line, cut where it is long. */
export function asListed(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}
