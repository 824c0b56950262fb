// npm run bench -- SUITE…: measures what this project claims to be good at, and writes the report from the figures.

import { defaultFolder, suitesNamed, tool } from './bench/arguments.ts';
import { describeMachine } from './bench/measure/machine.ts';
import { targetTable } from './bench/report/format.ts';
import { rewriteReports, writeReport } from './bench/report/write.ts';
import type { BenchOptions, Result } from './bench/suite.ts';
import { suiteNamed } from './bench/suites.ts';
import { OperatorError } from './terminal/errors.ts';
import { print, printJson } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';
import { runTool } from './terminal/run-tool.ts';

await runTool(tool, async ({ json, out, quick: isQuick, photos, runs }, operands) => {
  const folder = out ?? (isQuick ? undefined : defaultFolder);
  if (operands.includes('report')) {
    await rewriteReports(folder ?? defaultFolder);
    return 0;
  }
  if (process.platform !== 'linux')
    throw new OperatorError('The benchmark reads /proc: it runs on Linux only.');
  const names = suitesNamed(operands);
  const results: Result[] = [];
  for (const name of names) {
    const result = await measure(name, { photos, runs, isQuick }, json);
    results.push(result);
    if (!json) await report(result, folder);
  }
  if (json) printJson(names.length === 1 ? results[0] : results);
  return 0;
});

async function measure(
  name: string,
  options: Omit<BenchOptions, 'steps'>,
  isQuiet: boolean,
): Promise<Result> {
  const suite = suiteNamed(name);
  if (suite === undefined) throw new OperatorError(`There is no suite ${name}.`);
  const progress = createProgress(`steps of ${name}`, { isQuiet });
  let expected = 0;
  const steps = {
    expect(count: number) {
      expected += count;
      progress.expect(expected);
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

async function report(result: Result, folder: string | undefined): Promise<void> {
  const made = suiteNamed(result.suite)?.report(result.data);
  if (made === undefined) return;
  print(`\n${made.title}\n${made.targets.length === 0 ? '' : targetTable(made.targets)}`);
  if (folder !== undefined) print(`Report: ${await writeReport(folder, result)}`);
}
