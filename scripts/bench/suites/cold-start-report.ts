// What a run of cold-start showed.

import { markdownTable } from '../../page/markdown-table.ts';
import type { Spread } from '../measure/statistics.ts';
import { milliseconds } from '../report/format.ts';
import { bars } from '../report/plots.ts';
import type { Report } from '../suite.ts';

export interface ColdStartData {
  readonly rounds: number;
  readonly functions: readonly ColdStart[];
}

interface ColdStart {
  readonly name: string;
  readonly bundleBytes: number;
  /** Packages that parts of are in the bundle, by bytes, largest first. */
  readonly packages: readonly { readonly name: string; readonly bytes: number }[];
  /** Milliseconds from the beginning of the module's load to its end. */
  readonly loadMs: Spread;
  /** CPU milliseconds of the same. */
  readonly cpuMs: Spread;
}

const shown = 6;

export function reportColdStart({ functions, rounds }: ColdStartData): Report {
  const text = `Each function's bundle as \`npm run package\` makes it, loaded in a fresh Node ${rounds} times, in turns. What Lambda adds
before and after is not in it, and neither is a slower processor.

{plot:load}

${markdownTable([
  ['function', 'bundle', 'load ms', 'CPU ms'],
  ...functions.map(({ name, bundleBytes, loadMs, cpuMs }) => [
    `\`${name}\``,
    `${(bundleBytes / 1000).toFixed(0)} KB`,
    milliseconds(loadMs),
    milliseconds(cpuMs),
  ]),
])}

## What is in them

The packages that weigh most in each bundle, in KB after minifying.

${markdownTable([
  ['function', 'packages'],
  ...functions.map(({ name, packages }) => [
    `\`${name}\``,
    packages
      .slice(0, shown)
      .map((one) => `${one.name} ${(one.bytes / 1000).toFixed(0)}`)
      .join(', '),
  ]),
])}`;
  const plot = {
    name: 'load',
    alt: 'Milliseconds to load each function',
    svg: bars(
      functions.map(({ name, loadMs }) => ({ label: name, ...loadMs })),
      'ms to load',
    ),
  };
  return { title: 'Cold start', text, plots: [plot], targets: [] };
}
