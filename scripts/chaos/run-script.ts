// Runs a script of this folder as its user does, in a process of its own, and kills it when that is wanted.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ScriptRun {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param name the script's name below scripts/
 * @param killAfterMilliseconds SIGKILL, should it still run by then
 */
export async function runScript(
  name: string,
  args: readonly string[],
  killAfterMilliseconds?: number,
): Promise<ScriptRun> {
  const script = fileURLToPath(new URL(`../${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const kill = () => child.kill('SIGKILL');
  const timer = killAfterMilliseconds === undefined ? undefined : setTimeout(kill, killAfterMilliseconds);
  const exitCode = await new Promise<number | null>((fulfil) => child.once('close', fulfil));
  clearTimeout(timer);
  return { exitCode, stdout, stderr };
}
