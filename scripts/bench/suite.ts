// What every sub-command is: something that measures, and something that tells of what was measured, from that alone.

import type { Machine } from './measure/machine.ts';
import type { PhotoSet } from './photos.ts';

export interface BenchOptions {
  /** A folder of photos; generated ones without it. */
  readonly photos: string | undefined;
  /** Rounds, where a suite has rounds. */
  readonly runs: number | undefined;
  /** Few photos and rounds: shows that everything works, not how fast. */
  readonly isQuick: boolean;
  /** Told of steps, for the progress bar. */
  readonly steps: Steps;
}

interface Steps {
  /** So many more steps are to come. */
  expect(count: number): void;
  done(): void;
}

/** One drawing of a report. */
interface Plot {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}

export interface Report {
  readonly title: string;
  /** Markdown below the title; `{plot:name}` stands for a plot. */
  readonly text: string;
  readonly plots: readonly Plot[];
  readonly targets: readonly Target[];
}

/** One figure beside what it is to be. */
export interface Target {
  readonly what: string;
  readonly target: string;
  readonly figure: string;
  readonly isMet: boolean;
}

export interface Suite<Data> {
  /** For --help. */
  readonly summary: string;
  run(options: BenchOptions): Promise<Data>;
  report(data: Data): Report;
}

/** What is kept of one run of one suite. */
export interface Result<Data = unknown> {
  readonly suite: string;
  readonly machine: Machine;
  readonly isQuick: boolean;
  readonly data: Data;
}

/** The sentence that says which photos were used. */
export function sentenceOf({ source, count, withProfile, megapixels, meanMegabytes }: PhotoSet): string {
  const kind = source === 'generated' ? 'generated photos' : 'camera photos';
  return (
    `${count} ${kind} of ${megapixels[0]} to ${megapixels[1]} megapixels, ${meanMegabytes.toFixed(1)} MB on average, ` +
    `${withProfile} of them with a color profile.`
  );
}
