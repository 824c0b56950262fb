// Writes a result, the page made from it and its drawings; then the overview of every result that lies in the folder.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report, Result } from '../suite.ts';
import { suiteNamed } from '../suites.ts';
import { overviewOf } from './overview.ts';
import { pageOf } from './page.ts';

/** Files by name, as they are to lie in the folder of reports. */
type ReportFiles = ReadonlyMap<string, string>;

/** @returns the path of the page */
export async function writeReport(folder: string, result: Result): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${result.suite}.json`), `${JSON.stringify(rounded(result))}\n`);
  await rewriteReports(folder);
  return join(folder, `${result.suite}.md`);
}

/** Makes every page and drawing anew from the results that lie in the folder. */
export async function rewriteReports(folder: string): Promise<void> {
  const files = filesOf(await resultsIn(folder));
  for (const [name, content] of files) await writeFile(join(folder, name), content);
}

/** Everything that follows from the results: a page and drawings each, and the overview. */
export function filesOf(results: readonly Result[]): ReportFiles {
  const files = new Map<string, string>();
  const reports: [Result, Report][] = [];
  for (const result of results) {
    const report = suiteNamed(result.suite)?.report(result.data);
    if (report === undefined) continue;
    reports.push([result, report]);
    files.set(`${result.suite}.md`, pageOf(result, report));
    for (const { name, svg } of report.plots) files.set(`${result.suite}-${name}.svg`, svg);
  }
  return files.set('README.md', overviewOf(reports));
}

/** The results in a folder, in the order of the suites. */
export async function resultsIn(folder: string): Promise<Result[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  return Promise.all(
    names.sort().map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Result),
  );
}

/** Hundredths are below what a clock tick tells. */
function rounded(result: Result): unknown {
  const text = JSON.stringify(result, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value,
  );
  return JSON.parse(text);
}
