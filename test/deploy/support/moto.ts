// moto, where it is installed: another program's idea of an account, on a free port of loopback.
// https://docs.getmoto.org/

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

export const hasMoto = spawnSync('python3', ['-c', 'import moto.server']).status === 0;
/** For the title of what is skipped without it. */
export const withoutMoto = hasMoto ? '' : ' (skipped: moto is not installed, `pip install "moto[server]"`)';

export interface Moto {
  readonly endpoint: string;
  stop(): void;
}

export async function startMoto(): Promise<Moto> {
  const server = spawn('python3', ['test/deploy/moto/server.py'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [port] = (await once(server.stdout, 'data')) as [Buffer];
  return { endpoint: `http://127.0.0.1:${String(port).trim()}`, stop: () => server.kill() };
}
