// The command line of `npm run bench`.

import { flag, optional, text, wholeNumber } from '../terminal/options.ts';
import { suites } from './suites.ts';

export const defaultFolder = 'docs/benchmarks';

const choices: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(suites).map(([name, { summary }]) => [name, summary])),
  all: 'every one of them',
  report: 'measures nothing: writes the pages of earlier results anew',
};

export const tool = {
  name: 'bench',
  about: 'Measures what Darkroom claims to be good at, and writes the report from the figures.',
  operands: [{ name: 'SUITE', isRepeated: true, choices }],
  options: {
    photos: optional(text, 'FOLDER', 'use the JPEGs of a folder; photos are generated without it'),
    runs: optional(wholeNumber(), 'N', 'rounds (or uploads), where a suite has them'),
    quick: flag('few photos and rounds: shows that everything works, not how fast'),
    json: flag('print the samples as JSON and write no report'),
    out: optional(
      text,
      'FOLDER',
      `where reports go (default: ${defaultFolder}; with --quick none is written by default)`,
    ),
  },
  notes: `Linux only: CPU time and memory of other processes are read from /proc. Nothing else should keep the machine busy.
The floor needs the Debian packages libjpeg-turbo-progs and webp. Peers are skipped by name where they are not
installed: imagemagick, graphicsmagick, libvips-tools from Debian; jimp and @napi-rs/image from npm:
npm install --prefix .build/peers jimp @napi-rs/image`,
};

/** The suites to run, with `all` as what it stands for. */
export function suitesNamed(operands: readonly string[]): readonly string[] {
  return operands.includes('all') ? Object.keys(suites) : operands;
}
