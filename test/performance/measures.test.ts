// The benchmark's own instruments: statistics, turns, CPU time of children, likeness of pictures, programs, its command line.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { suitesNamed, tool } from '../../scripts/bench/arguments.ts';
import { childrenCpuMs } from '../../scripts/bench/measure/cpu.ts';
import { interleave, ratioOf, stepsOf } from '../../scripts/bench/measure/interleave.ts';
import { quantile, spreadOf } from '../../scripts/bench/measure/statistics.ts';
import { psnrOf } from '../../scripts/bench/render/quality.ts';
import { runPrograms } from '../../scripts/bench/tools.ts';
import { readCommandLine } from '../../scripts/terminal/command-line.ts';

describe('statistics', () => {
  it('interpolate quantiles between neighbors, whatever the order', () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, lower: 1.75, upper: 3.25 });
    expect(quantile([7], 0.99)).toBe(7);
  });
});

describe('contenders in turns', () => {
  it('each meet every item once a round, and the warm-up round is not counted', async () => {
    const met: string[] = [];
    const contenders = ['a', 'b'].map((name) => ({
      name,
      run: async (item: number) => {
        met.push(`${name}${item}`);
      },
      cpuMs: () => met.length * (name === 'a' ? 1 : 2),
    }));
    const work = { contenders, items: [1, 2], rounds: 2 };

    const samples = await interleave(work);

    expect(met).toHaveLength(stepsOf(work));
    expect([...met.slice(4, 8)].sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(samples['a']).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(ratioOf(samples, 'b', 'a')).toEqual({ median: 2, lower: 2, upper: 2 });
  });
});

it.runIf(process.platform === 'linux')('counts CPU time of ended children (Linux only)', async () => {
  const before = childrenCpuMs();

  await promisify(execFile)(process.execPath, ['-e', 'while (process.cpuUsage().user < 200_000);']);

  expect(childrenCpuMs() - before).toBeGreaterThan(150);
});

describe('likeness', () => {
  const gray = (value: number) => ({ data: Buffer.alloc(12, value), width: 2, height: 2 });

  it('is infinite for equal pictures and falls with the difference', () => {
    expect(psnrOf(gray(100), gray(100))).toBe(Number.POSITIVE_INFINITY);
    expect(psnrOf(gray(100), gray(101))).toBeCloseTo(48.13, 2);
  });

  it('is refused between pictures of different dimensions', () => {
    expect(() => psnrOf(gray(1), { data: Buffer.alloc(12), width: 4, height: 1 })).toThrow(RangeError);
  });
});

describe('programs', () => {
  it('get their arguments as they are, one after the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'darkroom-programs-'));
    try {
      const named = join(folder, `it's "$HOME"`);
      await runPrograms([
        ['touch', named],
        ['mv', named, join(folder, 'moved')],
      ]);
      expect(await readdir(folder)).toEqual(['moved']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('end the run when one of them fails', async () => {
    await expect(runPrograms([['false'], ['true']])).rejects.toThrow('failed');
  });
});

describe('the command line', () => {
  it('takes suites by name, and all of them as one', () => {
    const commandLine = readCommandLine(tool, ['render', '--quick', '--runs', '3']);

    expect(commandLine).toMatchObject({ operands: ['render'], values: { runs: 3, quick: true } });
    expect(suitesNamed(['all'])).toContain('pipeline');
    expect(suitesNamed(['metadata'])).toEqual(['metadata']);
  });

  it('refuses what it does not know', () => {
    expect(() => readCommandLine(tool, ['speed'])).toThrow('There is no SUITE "speed"');
    expect(() => readCommandLine(tool, ['render', '--runs', '0'])).toThrow('--runs takes a whole number');
  });
});
