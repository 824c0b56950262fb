// Part of npm run lint: every regular expression that may meet a stranger's text takes linear time.
// Verdicts are kept in node_modules/.cache, since an expression that was safe stays so.

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { print } from '../terminal/print.ts';
import { runTool } from '../terminal/run-tool.ts';
import { type Pattern, patternsIn, problemOf } from './patterns.ts';

const tool = {
  name: 'lint',
  about: 'Fails on a regular expression that can be made to take more than linear time.',
  options: {},
};

/** Where text of strangers is read: in the product, and by the laptop's engines. */
const folders = ['functions', 'shared', 'client/src', 'scripts/local'];
const cacheFolder = 'node_modules/.cache';
const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string };

await runTool(tool, async () => {
  const patterns = (await Promise.all(folders.map(patternsBelow))).flat();
  const cache = join(cacheFolder, `patterns-${version}.json`);
  const known = new Set(JSON.parse(await readFile(cache, 'utf8').catch(() => '[]')) as string[]);
  let problems = 0;
  for (const pattern of patterns) {
    if (known.has(keyOf(pattern))) continue;
    const problem = await problemOf(pattern);
    if (problem === undefined) {
      known.add(keyOf(pattern));
    } else {
      problems += 1;
      process.stderr.write(`${pattern.file}:${pattern.line}: ${keyOf(pattern)} ${problem}.\n`);
    }
  }
  await mkdir(cacheFolder, { recursive: true });
  await writeFile(cache, JSON.stringify([...known], undefined, 1));
  print(`Checked ${patterns.length} regular expressions.`);
  return problems === 0 ? 0 : 1;
});

async function patternsBelow(folder: string): Promise<Pattern[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const found = names.map(async (name) => {
    const file = join(folder, name);
    return patternsIn(file, await readFile(file, 'utf8'));
  });
  return (await Promise.all(found)).flat();
}

function keyOf({ literal }: Pattern): string {
  return literal === undefined ? 'RegExp(…)' : `/${literal.source}/${literal.flags}`;
}
