// Runs an operator's tool as a child process, as its user does, and kills it when the test wants that.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stageName } from './operations-cloud.ts';

export interface ToolRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * @param tool the script's name below scripts/
 * @param killAfterMilliseconds SIGKILL, should it still run by then
 */
export async function runTool(
  tool: string,
  args: readonly string[],
  killAfterMilliseconds?: number,
): Promise<ToolRun> {
  const script = fileURLToPath(new URL(`../../scripts/${tool}.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, '--stage', stageName, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const timer =
    killAfterMilliseconds === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), killAfterMilliseconds);
  const exitCode = await new Promise<number | null>((fulfil) => child.once('close', fulfil));
  clearTimeout(timer);
  return { exitCode, stdout, stderr };
}

/** What a tool printed with --json. */
export function json(run: ToolRun): Record<string, never> {
  if (run.exitCode !== 0) throw new Error(`exit code ${run.exitCode}: ${run.stderr}${run.stdout}`);
  return JSON.parse(run.stdout);
}
