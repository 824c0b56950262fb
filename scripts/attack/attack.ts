// Has a process for hostile bytes attack what it can reach, as code within Node and as native code would.

import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Outcomes } from './attempts.ts';

const parentProgram = fileURLToPath(new URL('./parent-process.ts', import.meta.url));
const run = promisify(execFile);

/** How every attempt ends. Linux only: elsewhere no kernel limits are set. */
export async function attack(code: 'node' | 'native'): Promise<Outcomes> {
  const env = { AWS_SECRET_ACCESS_KEY: 'a secret of the worker', PATH: process.env['PATH'] };
  const args = [`--inspect-port=${await freePort()}`, parentProgram, code];
  const { stdout } = await run(process.execPath, args, { env, timeout: 30_000 });
  return JSON.parse(stdout) as Outcomes;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
