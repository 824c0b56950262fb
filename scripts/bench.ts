// npm run bench -- SUITE…: measures what this project claims to be good at, and writes the report from the figures.

import { defaultFolder, parseBenchArguments, usage } from './bench/arguments.ts';
import { describeMachine } from './bench/measure/machine.ts';
import { targetTable } from './bench/report/format.ts';
import { rewriteReports, writeReport } from './bench/report/write.ts';
import type { Result } from './bench/suite.ts';
import { type SuiteName, suiteNamed } from './bench/suites.ts';
import { OperatorError, print, printJson, runTool } from './operations/command-line.ts';
import { createProgress } from './operations/progress.ts';

async function main(): Promise<number> {
  const { names, help, isJson, isRewrite, out, ...options } = parseBenchArguments(process.argv.slice(2));
  if (help) {
    print(usage);
    return 0;
  }
  if (isRewrite) {
    await rewriteReports(out ?? defaultFolder);
    return 0;
  }
  if (process.platform !== 'linux')
    throw new OperatorError('The benchmark reads /proc: it runs on Linux only.');
  const results: Result[] = [];
  for (const name of names) {
    const result = await measure(name, { ...options, isJson });
    results.push(result);
    if (!isJson) await tell(result, out);
  }
  if (isJson) printJson(names.length === 1 ? results[0] : results);
  return 0;
}

interface Options {
  readonly photos: string | undefined;
  readonly runs: number | undefined;
  readonly isQuick: boolean;
  readonly isJson: boolean;
}

async function measure(name: SuiteName, { isJson, ...options }: Options): Promise<Result> {
  const suite = suiteNamed(name);
  if (suite === undefined) throw new OperatorError(`There is no suite ${name}.`);
  const progress = createProgress(`steps of ${name}`, { isQuiet: isJson });
  let expected = 0;
  const steps = {
    expect(count: number) {
      expected += count;
      if (expected === count) progress.start(expected);
    },
    done: () => progress.advance(),
  };
  try {
    const data = await suite.run({ ...options, steps });
    return { suite: name, machine: await describeMachine(), isQuick: options.isQuick, data };
  } finally {
    progress.stop();
  }
}

async function tell(result: Result, out: string | undefined): Promise<void> {
  const report = suiteNamed(result.suite)?.report(result.data);
  if (report === undefined) return;
  print(`\n${report.title}\n${report.targets.length === 0 ? '' : targetTable(report.targets)}`);
  if (out === undefined) return;
  print(`Report: ${await writeReport(out, result)}`);
}

await runTool(main);
