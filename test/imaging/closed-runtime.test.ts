// The program of docs/security.md that starts a runtime so that no other process of its user can look into it.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { quarters } from './samples.ts';

const [, program = ''] =
  /```sh\n(#!\/bin\/sh\n# closed-runtime[\s\S]*?)```/.exec(readFileSync('docs/security.md', 'utf8')) ?? [];
const engine = new URL('../../shared/imaging/metadata-engine.ts', import.meta.url);
const byteSource = new URL('../../shared/imaging/inspect/byte-source.ts', import.meta.url);
/** What root may look into is no question. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const started: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const one of started) one.kill('SIGKILL');
});

/** A worker that has read the metadata of an original, started by a program with these arguments. */
async function worker(file: string, ...args: readonly string[]) {
  const original = (await quarters().jpeg().toBuffer()).toString('base64');
  const code = `
    const { createMetadataEngine } = await import('${engine}');
    const { bufferSource } = await import('${byteSource}');
    const { readMetadata } = createMetadataEngine();
    const { width } = await readMetadata(bufferSource(Buffer.from('${original}', 'base64')));
    console.log(width);
    setInterval(() => {}, 1000);`;
  const child = spawn(file, [...args, '--input-type=module', '-e', code], {
    ...user,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('96\n');
  return child.pid ?? 0;
}

/** What another process of the same user is told when it opens the worker's memory. */
function opened(pid: number): string {
  const look = `exec 3</proc/${pid}/mem && echo opened`;
  const { stdout } = spawnSync('/bin/sh', ['-c', look], { ...user, encoding: 'utf8' });
  return stdout.trim();
}

function isReadableByAll(): boolean {
  const { status } = spawnSync(process.execPath, ['--check', engine.pathname], user);
  return status === 0;
}

function forbidsAnyway(): boolean {
  try {
    return readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'latin1').trim() !== '0';
  } catch {
    return false;
  }
}

const canTry = process.platform === 'linux' && isReadableByAll();

it.runIf(canTry && !forbidsAnyway())('leaves a worker’s memory open without it', async () => {
  expect(opened(await worker(process.execPath))).toBe('opened');
});

it.runIf(canTry)('closes a worker’s memory, and the worker works', async () => {
  expect(opened(await worker('/bin/sh', '-c', program, 'closed-runtime', process.execPath))).toBe('');
});
