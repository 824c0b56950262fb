// What `npm ci` brings to a machine is what the lock file says, to the byte, and runs nothing of its own there.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const locked: Readonly<Record<string, Locked>> = read('package-lock.json').packages;
const project: {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly engines: { readonly npm: string };
  readonly devEngines: { readonly packageManager: { readonly version: string } };
} = read('package.json');
const nodeOfPlatform: Readonly<Record<string, string>> =
  read('scripts/node/package.json').optionalDependencies;
const installed = Object.entries(locked).filter(
  ([path, { link }]) => path.includes('node_modules/') && !link,
);
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('every package is pinned by a SHA-512', () => {
  const loose = installed.filter(
    ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'),
  );

  expect(installed.length).toBeGreaterThan(400);
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('every install script of a dependency is refused', () => {
  const withScript = installed
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => nameOf(path));

  expect(withScript.length).toBeGreaterThan(0);
  expect(withScript.filter((name) => project.allowScripts[name] !== false)).toEqual([]);
});

describe('the Node that everything runs on', () => {
  const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'bin-darwin-arm64', 'win-x64'];

  test.each(platforms)(
    'is one pinned release, of Node 24 or newer, on %s, and no part of what ships',
    (platform) => {
      const name = `node-${platform}`;
      const { version, dev, optional, hasInstallScript } = locked[`node_modules/${name}`] ?? {};

      expect(nodeOfPlatform[name]).toMatch(/^(24|26)\.\d+\.\d+$/);
      expect({ version, dev, optional, hasInstallScript }).toEqual({
        version: nodeOfPlatform[name],
        dev: true,
        optional: true,
        hasInstallScript: undefined,
      });
    },
  );

  test('comes for no platform that nobody has tried', () => {
    expect(Object.keys(nodeOfPlatform).sort()).toEqual(
      platforms.map((platform) => `node-${platform}`).sort(),
    );
  });

  test.runIf(process.platform === 'linux' && ['x64', 'arm64'].includes(process.arch))(
    'is the one that runs this',
    () => {
      expect(process.versions.node).toBe(nodeOfPlatform[`node-linux-${process.arch}`]);
    },
  );
});

describe('an npm that does not know allowScripts', () => {
  async function installedBy(name: string, version: string): Promise<{ code: number; stderr: string }> {
    const folder = await mkdtemp(join(tmpdir(), 'darkroom-npm-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version }));
    const env = { npm_execpath: join(folder, 'bin', 'npm-cli.js') };
    const run = promisify(execFile)(process.execPath, ['scripts/require-npm.mjs'], { env });
    return run.then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code, stderr }),
    );
  }

  test.each(['6.14.18', '10.8.2', '11.15.0'])('is refused in one line: npm %s', async (version) => {
    const { code, stderr } = await installedBy('npm', version);

    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^Darkroom is installed by npm 11.16 .* this is npm ${version},.*npm ci again.\n$`),
    );
  });

  test('is another program’s, whatever its number', async () => {
    expect((await installedBy('yarn', '22.1.0')).code).toBe(1);
  });

  test.each(['11.16.0', '11.20.1', '12.0.0'])('is not npm %s', async (version) => {
    expect(await installedBy('npm', version)).toEqual({ code: 0, stderr: '' });
  });

  test('is refused by npm itself, where npm looks', () => {
    expect(project.engines.npm).toBe('>=11.16.0');
    expect(project.devEngines.packageManager).toEqual({ name: 'npm', version: '>=11.16.0', onFail: 'error' });
  });
});
