// Runs a script of this folder as its user does, in a process of its own, and kills it when that is wanted.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ScriptRun {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param name the script's name below scripts/
 * @param killAfterMilliseconds SIGKILL, should it still run by then; never for 0
 */
export function runScript(
  name: string,
  args: readonly string[],
  killAfterMilliseconds = 0,
): Promise<ScriptRun> {
  const script = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
  const options = { timeout: killAfterMilliseconds, killSignal: 'SIGKILL', maxBuffer: Infinity } as const;
  return new Promise((fulfil) => {
    const child = execFile(process.execPath, [script, ...args], options, (_failure, stdout, stderr) =>
      fulfil({ exitCode: child.exitCode, stdout, stderr }),
    );
  });
}
