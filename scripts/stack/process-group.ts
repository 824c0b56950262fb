// A process with all that it starts, to be stopped as one.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { OperatorError } from '../terminal/errors.ts';

export interface ProcessGroup {
  /** `kill -9` of all of them. Returns when the first has ended. */
  kill(): Promise<void>;
  /** Ctrl-C: an interrupt to all of them. Returns when the first has ended, which waits for the others. */
  interrupt(): Promise<void>;
}

interface ProcessGroupOptions {
  readonly command: readonly [program: string, ...args: string[]];
  readonly env: NodeJS.ProcessEnv;
  /** What it prints once it is ready. */
  readonly readyLine: string;
  /** Gets what it prints. */
  readonly logFile: string;
}

/**
 * Starts a process and waits until it says that it is ready.
 * @throws {OperatorError} with what it printed, when it ends before
 */
export async function startProcessGroup(options: ProcessGroupOptions): Promise<ProcessGroup> {
  const { env, readyLine, logFile } = options;
  const [program, ...args] = options.command;
  // A group of its own, as a terminal gives to what it starts.
  const child = spawn(program, args, { env, detached: true, stdio: 'pipe' });
  // Detached, it would outlive this process.
  const killAtExit = () => signalGroup(child, 'SIGKILL');
  process.once('exit', killAtExit);
  const ended = once(child, 'exit').finally(() => process.off('exit', killAtExit));
  const log = createWriteStream(logFile, { flags: 'a' });
  child.once('close', () => log.end());

  let printed = '';
  await new Promise<void>((fulfil, reject) => {
    const hear = (part: Buffer) => {
      printed += part;
      if (!printed.includes(readyLine)) return;
      child.stdout.off('data', hear);
      child.stderr.off('data', hear);
      fulfil();
    };
    for (const stream of [child.stdout, child.stderr]) stream.on('data', hear).pipe(log, { end: false });
    ended.then(() => reject(new OperatorError(`${program} ended before it was ready:\n${printed}`)), reject);
  });

  const stop = async (signal: NodeJS.Signals) => {
    signalGroup(child, signal);
    await ended;
  };
  return { kill: () => stop('SIGKILL'), interrupt: () => stop('SIGINT') };
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
