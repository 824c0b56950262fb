// Runs StrykerJS (https://stryker-mutator.io) over rooms of shared/.

import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import type { Tested } from './judge.ts';
import { sampleVariable } from './plugin.ts';
import { patternsOf, type Run } from './runs.ts';
import type { Sample } from './sample.ts';
import { testsVariable } from './vitest.config.ts';

type LogLevel = NonNullable<ConstructorParameters<typeof Stryker>[0]['logLevel']>;
type Result = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const fates: Readonly<Partial<Record<Result['status'], Tested['fate']>>> = {
  Killed: 'killed',
  // A suite that cannot be loaded is red.
  RuntimeError: 'killed',
  Timeout: 'timed out',
  Survived: 'survived',
  NoCoverage: 'survived',
};

/** Tries the sampled mutants of these rooms. Those outside the sample are told of too. */
export async function runStryker({ rooms, tests }: Run, sample: Sample): Promise<Tested[]> {
  process.env[sampleVariable] = JSON.stringify(sample);
  process.env[testsVariable] = JSON.stringify(tests);
  const stryker = new Stryker({
    ...{ mutate: patternsOf(rooms), testRunner: 'vitest' },
    plugins: ['@stryker-mutator/vitest-runner', './scripts/mutate/plugin.ts'],
    ...{ checkers: ['sample'], ignorers: ['descriptions'] },
    vitest: { configFile: 'scripts/mutate/vitest.config.ts' },
    // Infinite loops are counted, not timed: only a machine that is very busy takes as long as this.
    ...{ coverageAnalysis: 'perTest', concurrency: 2, timeoutMS: 30_000 },
    // It would read tsconfig.json through TypeScript's JavaScript interface, which TypeScript 7 does not have.
    tsconfigFile: 'none',
    ...{ tempDirName: '.build/mutate', ignorePatterns: ['/.serverless', '/.build', '/docs'] },
    reporters: [process.stdout.isTTY ? 'progress' : 'progress-append-only'],
    ...{ logLevel: 'warn' as LogLevel, allowConsoleColors: false, warnings: false },
  });
  return Promise.all((await stryker.runMutationTest()).map(testedOf));
}

async function testedOf({ fileName, location, ...result }: Result): Promise<Tested> {
  const text = await readFile(fileName, 'utf8');
  const { start, end } = location;
  const lines = text.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last]?.slice(0, end.column - 1) ?? '';
  lines[0] = lines[0]?.slice(start.column - 1) ?? '';
  return {
    file: relative('.', fileName),
    ...{ line: start.line, original: lines.join('\n'), replacement: result.replacement ?? '' },
    fate: fates[result.status] ?? 'not tried',
  };
}
