// What a run of batch showed.

import { type Spread, spreadOf } from '../measure/statistics.ts';
import { atLeast, atMost, milliseconds, ratio, table, targetTable } from '../report/format.ts';
import { bars } from '../report/plots.ts';
import { type Report, sentenceOf } from '../suite.ts';
import type { BatchData } from './batch.ts';

/** By number of CPU slots. */
const speedups = { one: 2, two: 3 } as const;
const replacedLimitMs = 150;

export function reportBatch({ photos, rounds, batchSize, latencyMs, ways, runaway }: BatchData): Report {
  const [sequential, one, two] = ways.map((way) => way.rounds);
  const oneSlot = speedup(sequential, one);
  const twoSlots = speedup(sequential, two);
  const targets = [
    atLeast(
      'two CPU slots: times as fast as one after the other',
      speedups.two,
      twoSlots.median,
      ' ×',
      ratio(twoSlots),
    ),
    atLeast(
      'one CPU slot: times as fast as one after the other',
      speedups.one,
      oneSlot.median,
      ' ×',
      ratio(oneSlot),
    ),
    atMost(
      'a runaway decode dead and replaced, past its deadline',
      replacedLimitMs,
      runaway.replaced.median,
      ' ms',
      `${milliseconds(runaway.replaced)} ms`,
    ),
  ];
  const text = `A batch of ${batchSize} messages through the worker's SQS boundary, renditions task and imaging process, with the default
variants. S3 is memory that answers each call after ${latencyMs[0]} to ${latencyMs[1]} ms; the table is left out. ${sentenceOf(photos)}
${rounds} rounds in turns, one warm-up round not counted.

${targetTable(targets)}

{plot:wall}

${table([
  ['', 'wall ms a batch'],
  ...ways.map(({ name, rounds: samples }) => [name, milliseconds(spreadOf(samples))]),
])}

The next originals are fetched, and finished ones stored, while a CPU slot develops another; a function has as many slots
as vCPUs. A slot's work cannot be hidden: what remains is the time that developing takes.

A runaway decode is killed at its deadline: its caller hears after ${milliseconds(runaway.dead)} ms, and a new process
has loaded after ${milliseconds(runaway.replaced)} ms.`;
  const plot = {
    name: 'wall',
    alt: 'Wall milliseconds a batch of ten',
    svg: bars(
      [...ways].reverse().map(({ name, rounds: samples }) => ({ label: name, ...spreadOf(samples) })),
      'wall ms a batch',
    ),
  };
  return { title: 'Batches, and decodes that run away', text, plots: [plot], targets };
}

function speedup(sequential: readonly number[] = [], pipelined: readonly number[] = []): Spread {
  return spreadOf(sequential.map((milliseconds, round) => milliseconds / (pipelined[round] ?? Number.NaN)));
}
