// Every sub-command of the benchmark, in the order in which `all` runs them. One row adds one.

import type { Suite } from './suite.ts';
import { batch } from './suites/batch.ts';
import { coldStart } from './suites/cold-start.ts';
import { laptop } from './suites/laptop.ts';
import { memory } from './suites/memory.ts';
import { metadata } from './suites/metadata.ts';
import { peers } from './suites/peers.ts';
import { pipeline } from './suites/pipeline.ts';
import { render } from './suites/render.ts';

export const suites = {
  render,
  metadata,
  memory,
  batch,
  pipeline,
  laptop,
  'cold-start': coldStart,
  peers,
} as const satisfies Readonly<
  // biome-ignore lint/suspicious/noExplicitAny: what a suite measures is between its own run and its own report
  Record<string, Suite<any>>
>;

type SuiteName = keyof typeof suites;

/** The suite of a result that may come from a file. */
export function suiteNamed(name: string): Suite<unknown> | undefined {
  return Object.hasOwn(suites, name) ? (suites[name as SuiteName] as Suite<unknown>) : undefined;
}
