// What a process of the same user can take from the one that runs an engine: seen from another process.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';

const module = new URL('../../shared/imaging/isolation/closed-parent.ts', import.meta.url);
const started: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const one of started) one.kill('SIGKILL');
});

/** A process that holds a secret, and says `ready` and what it knows of it. */
async function holderOfSecret(isClosed: boolean) {
  const program = `
    if (${isClosed}) (await import('${module}')).closeParent();
    process.env.ADDED = 'later';
    console.log('ready', process.env.SECRET, process.env.EMPTY, process.env.ADDED);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--inspect-port=0', '--input-type=module', '-e', program], {
    env: { SECRET: 'a secret', EMPTY: '', OTHER: 'x' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { pid: child.pid ?? 0, said: said.toString(), complaints: () => complaints };
}

const shown = (pid: number) => spawnSync('cat', [`/proc/${pid}/environ`]).stdout.toString();

describe.runIf(process.platform === 'linux')('the environment that a process was started with', () => {
  it('is shown to others by the kernel', async () => {
    const { pid } = await holderOfSecret(false);
    expect(shown(pid)).toContain('SECRET=a secret');
  });

  it('is shown no more once it is closed, and known to the process itself', async () => {
    const { pid, said } = await holderOfSecret(true);
    expect(said).toBe('ready a secret  later\n');
    expect(shown(pid).replaceAll('\0', '')).toBe('');
  });
});

describe('the signal that opens a debugger', () => {
  it('opens one', async () => {
    const { pid, complaints } = await holderOfSecret(false);
    process.kill(pid, 'SIGUSR1');
    await vi.waitFor(() => expect(complaints()).toContain('Debugger listening'), 10_000);
  });

  it('opens none once it is closed', async () => {
    const { pid, complaints } = await holderOfSecret(true);
    process.kill(pid, 'SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(complaints()).toBe('');
    expect(() => process.kill(pid, 0)).not.toThrow();
  });
});
