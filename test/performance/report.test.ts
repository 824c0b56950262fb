// The committed benchmark report says what its figures say: every page and drawing follows from the results beside it.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { filesOf, resultsIn } from '../../scripts/bench/report/write.ts';
import type { Result } from '../../scripts/bench/suite.ts';
import { suites } from '../../scripts/bench/suites.ts';

const folder = 'docs/benchmarks';
let results: Result[];

beforeAll(async () => {
  results = await resultsIn(folder);
});

describe('docs/benchmarks', () => {
  it('has a result of every suite, none of them from a quick run', () => {
    expect(results.map(({ suite }) => suite).sort()).toEqual(Object.keys(suites).sort());
    expect(results.filter(({ isQuick }) => isQuick)).toEqual([]);
  });

  it('has the pages that its results make, and no others', async () => {
    const files = filesOf(results);
    const pages = [...files.keys()].filter((name) => name.endsWith('.md'));

    for (const page of pages) expect(await readFile(join(folder, page), 'utf8'), page).toBe(files.get(page));
    const there = (await readdir(folder)).filter((name) => !name.endsWith('.json'));
    expect(there.sort()).toEqual([...files.keys()].sort());
  });
});
