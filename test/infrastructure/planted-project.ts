// A project of samples in a temporary folder, and what `npm run lint` says of it, each of its programs by itself.

import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/** A refused import, or a refused file where the rule is about files. */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Verdict {
  readonly exitCode: number;
  readonly report: string;
  readonly violations: readonly Violation[];
}

export type Linter = 'biome' | 'depcruise';

const copied = ['package.json', 'biome.json', '.gitignore', '.dependency-cruiser.ts', 'scripts/layers'];
const folders = ['functions', 'shared', 'client/src', 'web/src', 'scripts', 'test'];

/**
 * Lints a project that has nothing but these files and the rules.
 * @param files texts by path
 */
export async function lintPlanted(linter: Linter, files: Readonly<Record<string, string>>): Promise<Verdict> {
  const root = await mkdtemp(join(tmpdir(), 'darkroom-layers-'));
  try {
    for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
    for (const path of copied) await cp(path, join(root, path), { recursive: true });
    await symlink(resolve('node_modules'), join(root, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return await lint(linter, root);
  } finally {
    await rm(root, { recursive: true });
  }
}

/** @throws {Error} when `npm run lint` does not run this linter */
export async function lint(linter: Linter, root: string): Promise<Verdict> {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { lint: string } };
  const command = scripts.lint.split(' && ').find((part) => part.startsWith(`${linter} `));
  if (command === undefined) throw new Error(`npm run lint does not run ${linter}`);
  const PATH = [resolve('node_modules/.bin'), process.env['PATH']].join(delimiter);
  const options = { cwd: root, env: { ...process.env, PATH, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
  return new Promise((done) => {
    execFile(linter, command.split(' ').slice(1), options, (error, stdout, stderr) => {
      done({ exitCode: Number(error?.code ?? 0), report: stdout + stderr, violations: violationsIn(stdout) });
    });
  });
}

function violationsIn(report: string): Violation[] {
  const lines = report.matchAll(/^ {2}error (\S+): (\S+)(?: → (\S+)?)?/gm);
  return [...lines].map(([, rule = '', from = '', to = '']) => ({ rule, from, to }));
}
