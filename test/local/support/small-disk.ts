// The embedded engines on a disk of so many bytes: a tmpfs in a mount namespace, which goes when its processes do.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type AwsClients, createClients } from '../../../scripts/local/aws-clients.ts';
import { readCredentials } from '../../../scripts/local/credentials.ts';
import { region } from './engines.ts';

const program = fileURLToPath(new URL('./engines-process.ts', import.meta.url));
// As root of a user namespace where that is allowed, else as root itself.
const namespaces = [['--map-root-user', '--mount'], ['--mount']].find(
  (flags) => spawnSync('unshare', [...flags, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0,
);

/** Whether this machine lets a test mount a file system of its own. */
export const canMount = namespaces !== undefined;

export interface SmallDisk {
  readonly clients: AwsClients;
  readonly pid: number;
  /** What the engines have printed to stderr. */
  warnings(): string;
  /** Leaves so many bytes free. */
  fill(freeBytes: number): void;
  free(): void;
  /** `kill -9`; resolves when the engines are up again. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the engines, and starts them again whenever they have ended. */
export async function startOnSmallDisk(megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'small-disk-'));
  const mounted = `mount -t tmpfs -o size=${megabytes}m tmpfs "$1"`;
  const endless = 'while :; do "$2" "$3" "$1/data" "$4"; done';
  const shell: ChildProcess = spawn(
    'unshare',
    [
      ...(namespaces ?? []),
      'sh',
      '-c',
      `${mounted} && ${endless}`,
      'sh',
      folder,
      process.execPath,
      program,
      region,
    ],
    { detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let warnings = '';
  shell.stderr?.on('data', (part) => {
    warnings += part;
  });
  const lines = createInterface({ input: shell.stdout as NodeJS.ReadableStream });
  const started = async () => {
    const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(20_000) });
    const { endpoint, pid } = JSON.parse(String(line)) as { endpoint: string; pid: number };
    const credentials = readCredentials(inside(pid, 'data'));
    return { pid, clients: createClients({ endpoint, region, credentials, maxAttempts: 1 }) };
  };
  // Nobody outside of the namespace sees what is mounted there, but by the process that does.
  const inside = (pid: number, path: string) => `/proc/${pid}/root${join(folder, path)}`;
  let { pid, clients } = await started();
  return {
    get clients() {
      return clients;
    },
    get pid() {
      return pid;
    },
    warnings: () => warnings,
    fill: (freeBytes) => {
      const { bavail, bsize } = statfsSync(inside(pid, ''));
      writeFileSync(inside(pid, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
    },
    free: () => rmSync(inside(pid, 'ballast')),
    killAndRestart: async () => {
      for (const client of Object.values(clients)) client.destroy();
      const again = started();
      process.kill(pid, 'SIGKILL');
      ({ pid, clients } = await again);
    },
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
      if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
