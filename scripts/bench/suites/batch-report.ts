// What a run of batch showed.

import { markdownTable } from '../../page/markdown-table.ts';
import { type Spread, spreadOf } from '../measure/statistics.ts';
import type { PhotoSet } from '../photos.ts';
import { atLeast, atMost, milliseconds, ratio, targetTable } from '../report/format.ts';
import { bars } from '../report/plots.ts';
import { type Report, sentenceOf, type Target } from '../suite.ts';

export interface BatchData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  readonly batchSize: number;
  readonly latencyMs: readonly [number, number];
  /** Wall milliseconds of a batch, by what is made and way of working. */
  readonly walls: readonly {
    readonly made: string;
    readonly way: string;
    readonly rounds: readonly number[];
  }[];
  /** Milliseconds from the deadline of a runaway decode. */
  readonly runaway: { readonly dead: Spread; readonly replaced: Spread };
}

/** What pipelining is to gain, by the way of working. */
const speedups: Readonly<Record<string, number>> = {
  'pipelined, one CPU slot': 2,
  'pipelined, two CPU slots': 3,
};
const replacedLimitMs = 150;

export function reportBatch({ photos, rounds, batchSize, latencyMs, walls, runaway }: BatchData): Report {
  const targets = [
    ...speedupTargets(walls),
    atMost(
      'a runaway decode dead and replaced, past its deadline',
      replacedLimitMs,
      runaway.replaced.median,
      ' ms',
      `${milliseconds(runaway.replaced)} ms`,
    ),
  ];
  const text = `A batch of ${batchSize} messages through the worker's SQS boundary, renditions task and imaging process. S3 is memory that answers each call after ${latencyMs[0]} to ${latencyMs[1]} ms; the table is left out. ${sentenceOf(photos)}
${rounds} rounds in turns, one warm-up round not counted.

${targetTable(targets)}

{plot:wall}

${markdownTable([
  ['', '', 'wall ms a batch', '× as fast as sequential'],
  ...walls.map(({ made, way, rounds: samples }) => [
    made,
    way,
    milliseconds(spreadOf(samples)),
    ratio(speedup(firstOf(walls, made), samples)),
  ]),
])}

Sequential is one message after the other and, of each, one call to S3 after the other. One message at a time stores all
renditions of a message at once. Pipelined, the next originals are fetched, and finished ones stored, while a CPU slot renders another; a function has as many slots
as vCPUs. A slot's work cannot be hidden: what remains is the time that rendering takes.

A runaway decode is killed at its deadline: its caller hears after ${milliseconds(runaway.dead)} ms, and a new process
has loaded after ${milliseconds(runaway.replaced)} ms.`;
  const plot = {
    name: 'wall',
    alt: 'Wall milliseconds a batch of ten',
    svg: bars(
      walls
        .map(({ made, way, rounds: samples }) => ({ label: `${made}: ${way}`, ...spreadOf(samples) }))
        .reverse(),
      'wall ms a batch',
    ),
  };
  return { title: 'Batches, and decodes that run away', text, plots: [plot], targets };
}

function speedupTargets(walls: BatchData['walls']): Target[] {
  return [...new Set(walls.map(({ made }) => made))].flatMap((made) => {
    return walls
      .filter((wall) => wall.made === made && wall.way in speedups)
      .map(({ way, rounds }) => {
        const spread = speedup(firstOf(walls, made), rounds);
        const limit = speedups[way] ?? Number.NaN;
        return atLeast(`${made}, ${way}: times as fast`, limit, spread.median, ' ×', ratio(spread));
      });
  });
}

function firstOf(walls: BatchData['walls'], made: string): readonly number[] | undefined {
  return walls.find((wall) => wall.made === made)?.rounds;
}

function speedup(sequential: readonly number[] = [], pipelined: readonly number[] = []): Spread {
  return spreadOf(sequential.map((milliseconds, round) => milliseconds / (pipelined[round] ?? Number.NaN)));
}
