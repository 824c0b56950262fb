// A process with all that it starts, to be killed as one.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { OperatorError } from '../terminal/errors.ts';

export interface ProcessGroup {
  /** SIGKILL to all of them; resolves when the first is gone. */
  kill(): Promise<void>;
}

/**
 * Starts a process and waits until it says that it is ready.
 * @throws {OperatorError} when it ends before
 */
export async function startGroup(options: {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly readyWhen: RegExp;
  readonly logFile: string;
}): Promise<ProcessGroup> {
  const { args, env, readyWhen, logFile } = options;
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  // Detached, it would outlive this process.
  const killWithMe = () => killGroup(child);
  process.once('exit', killWithMe);
  const log = createWriteStream(logFile, { flags: 'a' });
  const gone = new Promise<void>((fulfil) => child.once('exit', () => fulfil()));
  child.stderr.pipe(log, { end: false });
  child.stdout.pipe(log, { end: false });
  await new Promise<void>((fulfil, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (readyWhen.test(chunk.toString())) fulfil();
    });
    void gone.then(() => reject(new OperatorError(`The stack did not start: see ${logFile}.`)));
  });
  return {
    async kill() {
      killGroup(child);
      process.off('exit', killWithMe);
      await gone;
      log.end();
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
