// What a run of laptop showed.

import { markdownTable } from '../../page/markdown-table.ts';
import { quantile } from '../measure/statistics.ts';
import { atMost, targetTable } from '../report/format.ts';
import type { Report } from '../suite.ts';

export interface LaptopRound {
  /** Milliseconds from the command to the line that says it is ready. */
  readonly startMs: number;
  /** Milliseconds from S3's answer to `ready`, of the upload right after that line. */
  readonly firstMs: number;
  /** The same of the uploads after it, one at a time. */
  readonly laterMs: readonly number[];
  /** Milliseconds from `kill -9` over the next start until all that was in flight is ready. */
  readonly afterKillMs: number;
}

export interface LaptopData {
  readonly quiet: readonly LaptopRound[];
  /** With as many endless loops beside it as the machine has cores. */
  readonly busy: readonly LaptopRound[];
}

export function reportLaptop({ quiet, busy }: LaptopData): Report {
  const seconds = (rounds: readonly LaptopRound[], of: (round: LaptopRound) => readonly number[]) => {
    const values = rounds.flatMap(of).map((ms) => ms / 1000);
    return { median: quantile(values, 0.5), worst: Math.max(...values) };
  };
  const rows = {
    'command to ready': ({ startMs }: LaptopRound) => [startMs],
    'first upload to ready': ({ firstMs }: LaptopRound) => [firstMs],
    'a later one': ({ laterMs }: LaptopRound) => laterMs,
    '`kill -9` and start, until 8 in flight are ready': ({ afterKillMs }: LaptopRound) => [afterKillMs],
  };
  const figure = (rounds: readonly LaptopRound[], of: (round: LaptopRound) => readonly number[]) => {
    const { median, worst } = seconds(rounds, of);
    return `${median.toFixed(2)} s (at most ${worst.toFixed(2)})`;
  };
  const targets = [
    atMost('start on busy cores: median', 5, seconds(busy, rows['command to ready']).median, ' s'),
    atMost('first upload to ready: median', 1, seconds(quiet, rows['first upload to ready']).median, ' s'),
    atMost(
      'what a kill left in flight: median',
      10,
      seconds(quiet, rows['`kill -9` and start, until 8 in flight are ready']).median,
      ' s',
    ),
  ];
  const text = `\`npm start\` in an empty data folder, the client on the same machine, generated photos of 12 megapixels; ${quiet.length} rounds
each, in turns: on the machine as it is, and with an endless loop beside it for each core.

${targetTable(targets)}

${markdownTable([
  ['', 'as it is', 'busy'],
  ...Object.entries(rows).map(([what, of]) => [what, figure(quiet, of), figure(busy, of)]),
])}`;
  return { title: 'The first minutes on a laptop', text, plots: [], targets };
}
