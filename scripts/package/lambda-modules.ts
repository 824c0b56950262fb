// Modules with native parts, for the machine that Lambda runs on and not for the one that packages.
// They come from the same lock file as everything else, when the project is installed: packaging itself needs no network.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { ZipFiles } from './zip.ts';

const target = ['--os=linux', '--cpu=arm64', '--libc=glibc'];
const manifests = ['package.json', 'package-lock.json', '.npmrc'];
const stampName = '.installed';
/** Not needed to run, and half of what a package weighs. */
const leftOut = /\.(d\.[cm]?ts|map|md|markdown)$|\/(docs?|tests?|examples?|src)\//i;
/** Must go wherever the code goes. */
const legal = /licen[cs]e|copying|notice/i;

/**
 * Installs the production modules for Lambda, unless they are there already.
 * @returns the folder that holds their `node_modules`
 * @throws {Error} when npm cannot reach its registry and the modules are not there yet
 */
export async function installLambdaModules(serviceDir: string): Promise<string> {
  const folder = join(serviceDir, '.build', 'lambda');
  const stamp = await fingerprint(serviceDir);
  const installed = await readFile(join(folder, stampName), 'utf8').catch(() => '');
  if (installed === stamp) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await Promise.all(manifests.map((name) => copyFile(join(serviceDir, name), join(folder, name))));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    ...target,
  ];
  await promisify(execFile)(npm, options, { cwd: folder, env: environmentOutsideNpm() });
  await writeFile(join(folder, stampName), stamp);
  return folder;
}

/** The files of these modules, by path in the zip. */
export async function moduleFiles(folder: string, names: readonly string[]): Promise<ZipFiles> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const root = join(folder, 'node_modules', name);
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const inZip = relative(folder, path).replaceAll('\\', '/');
      if (entry.isFile() && (legal.test(entry.name) || !leftOut.test(inZip)))
        files[inZip] = await readFile(path);
    }
  }
  return files;
}

/** These modules and all that they depend on, as far as it is there, in order. */
export async function withDependencies(folder: string, names: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue;
    const manifest = await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8').catch(
      () => undefined,
    );
    // An optional dependency for another platform is not there.
    if (manifest === undefined) continue;
    found.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(manifest) as {
      dependencies?: Record<string, string>;
      optionalDependencies?: Record<string, string>;
    };
    waiting.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies));
  }
  return [...found].sort();
}

async function fingerprint(serviceDir: string): Promise<string> {
  const lock = await readFile(join(serviceDir, 'package-lock.json'));
  return createHash('sha256').update(lock).update(target.join()).digest('hex');
}

/** Without what npm sets for its scripts, which would point the inner npm at the outer project. */
function environmentOutsideNpm(): NodeJS.ProcessEnv {
  const keep = /^npm_config_(cache|registry|userconfig|globalconfig|.*proxy|cafile)$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) || keep.test(name)),
  );
}
