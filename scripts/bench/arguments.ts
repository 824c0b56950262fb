// The command line of `npm run bench`.

import { parseOptions, UsageError, wholeNumber } from '../operations/command-line.ts';
import { type SuiteName, suites } from './suites.ts';

export interface BenchArguments {
  readonly names: readonly SuiteName[];
  readonly photos: string | undefined;
  readonly runs: number | undefined;
  readonly isQuick: boolean;
  readonly isJson: boolean;
  readonly out: string | undefined;
  /** Measure nothing, write the pages of earlier results anew. */
  readonly isRewrite: boolean;
  readonly help: boolean;
}

export const defaultFolder = 'docs/benchmarks';

export const usage = `Usage: npm run bench -- SUITE [--photos FOLDER] [--runs N] [--quick] [--json] [--out FOLDER]

${Object.entries(suites)
  .map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`)
  .join('\n')}
  all          every one of them
  report       measures nothing: writes the pages of earlier results anew

  --photos FOLDER   use the JPEGs of a folder; photos are generated without it
  --runs N          rounds (or uploads), where a suite has them
  --quick           few photos and rounds: shows that everything works, not how fast
  --json            print the samples as JSON and write no report
  --out FOLDER      where reports go (default: ${defaultFolder}; with --quick none is written by default)
  --help            this text

Linux only: CPU time and memory of other processes are read from /proc. Nothing else should keep the machine busy.
The floor needs the Debian packages libjpeg-turbo-progs and webp. Peers are skipped by name where they are not
installed: imagemagick, graphicsmagick, libvips-tools from Debian; jimp and @napi-rs/image from npm:
npm install --prefix .build/peers jimp @napi-rs/image`;

/** @throws {UsageError} */
export function parseBenchArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseOptions({
    args: [...args],
    allowPositionals: true,
    options: {
      photos: { type: 'string' },
      runs: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const isRewrite = positionals.includes('report');
  const help = values.help || positionals.length === 0;
  return {
    names: help || isRewrite ? [] : positionals.flatMap(suitesNamed),
    photos: values.photos,
    runs: values.runs === undefined ? undefined : wholeNumber(values.runs, 'runs'),
    isQuick: values.quick,
    isJson: values.json,
    out: values.out ?? (values.quick ? undefined : defaultFolder),
    isRewrite,
    help,
  };
}

function suitesNamed(name: string): SuiteName[] {
  const all = Object.keys(suites) as SuiteName[];
  if (name === 'all') return all;
  const found = all.filter((suite) => suite === name);
  if (found.length === 0) throw new UsageError(`There is no suite ${name}.`);
  return found;
}
