// cold-start: how long each packaged function takes to load, and what it loads, in a fresh Node.

import { execFile } from 'node:child_process';
import { mkdtempDisposable, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { compileProject } from '../../local/template/compile.ts';
import { spreadOf } from '../measure/statistics.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { unpackFunction } from '../unpack.ts';
import { type ColdStartData, reportColdStart } from './cold-start-report.ts';

interface Loaded {
  readonly loadMs: number;
  readonly cpuMs: number;
}

const run = promisify(execFile);

/** Loads the function as Lambda does and says what it took. The exit ends what the function has started. */
const probe = `
const cpu = process.cpuUsage(), start = performance.now();
require(process.argv[1]);
const loadMs = performance.now() - start, { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ loadMs, cpuMs: (user + system) / 1000 }), () => process.exit());
`;

export const coldStart: Suite<ColdStartData> = {
  summary: 'load time and contents of every packaged function',

  async run({ runs, isQuick, steps }: BenchOptions) {
    const rounds = runs ?? (isQuick ? 3 : 21);
    const { functions } = await compileProject();
    const folder = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-cold-'));
    try {
      steps.expect(functions.length * (rounds + 1));
      const bundles = await Promise.all(
        functions.map(async ({ key, handler, environment }) => {
          const { main, packages } = await unpackFunction(join(folder.path, key), handler);
          const bundleBytes = (await stat(main)).size;
          return { key, packages, bundleBytes, main, names: Object.keys(environment) };
        }),
      );
      const samples = bundles.map(() => [] as Loaded[]);
      for (let round = -1; round < rounds; round += 1) {
        for (const [index, { main, names }] of bundles.entries()) {
          const loaded = await load(main, names);
          if (round >= 0) samples[index]?.push(loaded);
          steps.done();
        }
      }
      return {
        rounds,
        functions: bundles.map(({ key, bundleBytes, packages }, index) => ({
          ...{ name: key, bundleBytes, packages },
          loadMs: spreadOf((samples[index] ?? []).map(({ loadMs }) => loadMs)),
          cpuMs: spreadOf((samples[index] ?? []).map(({ cpuMs }) => cpuMs)),
        })),
      };
    } finally {
      await folder.remove();
    }
  },

  report: reportColdStart,
};

async function load(main: string, names: readonly string[]): Promise<Loaded> {
  const given = Object.fromEntries(names.map((name) => [name, '1']));
  const aws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
  const { stdout } = await run(process.execPath, ['-e', probe, main], { env: { ...given, ...aws } });
  return JSON.parse(stdout) as Loaded;
}
