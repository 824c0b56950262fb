// What an imaging process is started with: nothing in it can set these later, nor take them off.

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeModules } from './native-modules.ts';

/** What makes it work at less CPU and memory. */
export const childLaunch = {
  /** For `collect` in runtime.ts. */
  flags: ['--expose-gc'],
  environment: {
    // One malloc arena instead of eight a core: steps follow one another, and each arena keeps what another has freed.
    MALLOC_ARENA_MAX: '1',
    // Memory of decoded pictures is kept for the next one instead of being mapped anew, a page fault each 4 KB: 1 to 2 %
    // less CPU a photo at the same peaks. https://man7.org/linux/man-pages/man3/mallopt.3.html
    MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
    MALLOC_TRIM_THRESHOLD_: String(128 * 1024 * 1024),
    // One pool thread, since steps follow one another anyway: its caches stay warm, 3 % less CPU a photo.
    UV_THREADPOOL_SIZE: '1',
  },
};

/** What code that has got into it can do no more, by Node's own means. https://nodejs.org/api/permissions.html */
const confiningFlags = [
  // No files but the program's own, no programs, no threads, no debugger.
  '--permission',
  '--disallow-code-generation-from-strings',
  '--disable-proto=delete',
  '--disable-sigusr1',
  // It warns of what is given to it on purpose.
  '--disable-warning=SecurityWarning',
];

/** The program of an imaging process. */
export interface ChildProgram {
  readonly entry: URL;
  /** Decoders are native code, and open an original by its name: only a program that decodes is given either. */
  readonly decodes: boolean;
}

export interface ConfinedLaunch {
  readonly program: ChildProgram;
  /** Its whole environment beside what tunes it: never the credentials of its parent. */
  readonly environment: Readonly<Record<string, string>>;
  /** Bytes it may hold: watched from outside, and a limit of the kernel's somewhat above it. */
  readonly memoryCeilingBytes: number;
}

interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** Bytes that Node maps to be written to before any work is done; 650 MB were measured, of which 40 MB are used. */
const mappedByNode = 800_000_000;

/** Starts a process. */
export type Start = (file: string, args: readonly string[], options: SpawnOptions) => ChildProcess;

/** @param originalDescriptor of the file that a program that decodes finds originals in */
export function startConfined(
  launch: ConfinedLaunch,
  originalDescriptor: number | undefined,
  start: Start = spawn,
): ChildProcess {
  // The parent's modules as far as they are needed, and nothing else of its environment.
  const modules = launch.program.decodes ? nativeModules() : undefined;
  const { file, args } = confinedCommand(launch, modules);
  return start(file, args, {
    env: {
      ...launch.environment,
      ...childLaunch.environment,
      ...(modules !== undefined && { NODE_PATH: modules }),
    },
    // Of a group of its own: with it end all that it may have started.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', originalDescriptor ?? 'ignore'],
  });
}

/** Node itself. Where a loader was started that started Node, it is the loader that is told of as what runs. */
function nodePath(): string {
  return isAbsolute(process.argv0) ? process.argv0 : process.execPath;
}

function confinedCommand(
  { program, memoryCeilingBytes }: ConfinedLaunch,
  modules: string | undefined,
): Command {
  const entry = realpathSync(fileURLToPath(program.entry));
  const args = [
    ...childLaunch.flags,
    ...confiningFlags,
    ...(program.decodes ? ['--allow-addons'] : []),
    ...readableFolders(entry, modules).map((folder) => `--allow-fs-read=${folder}`),
    entry,
  ];
  if (process.platform !== 'linux') return { file: nodePath(), args };
  return { file: '/bin/sh', args: ['-c', limiting(memoryCeilingBytes), nodePath(), ...args] };
}

/**
 * What the kernel allows: no core dump, which would hold the original; no byte written to any file; few open files. When
 * memory runs out, the kernel ends this process and not its parent. The shell becomes Node.
 * https://man7.org/linux/man-pages/man2/getrlimit.2.html, https://man7.org/linux/man-pages/man5/proc_pid_oom_score_adj.5.html
 */
function limiting(memoryCeilingBytes: number): string {
  const dataKilobytes = Math.ceil((mappedByNode + memoryCeilingBytes) / 1024);
  return `ulimit -c 0; ulimit -f 0; ulimit -n 64; ulimit -d ${dataKilobytes}
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
exec "$0" "$@"`;
}

/** The program's folder and its modules. Nothing else is read by name. */
function readableFolders(entry: string, modules: string | undefined): string[] {
  const native = modules === undefined ? [] : [modules + sep];
  const root = ancestors(entry).find((folder) => existsSync(join(folder, 'node_modules')));
  if (root === undefined) return [dirname(entry) + sep, ...native];
  return [...new Set([root + sep, realpathSync(join(root, 'node_modules')) + sep, ...native])];
}

function ancestors(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...ancestors(folder)];
}
