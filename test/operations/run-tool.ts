// Runs an operator's tool against the tests' stage.
import { runScript, type ScriptRun } from '../../scripts/chaos/run-script.ts';
import { stageName } from './operations-cloud.ts';

/** What is given comes after the stage, and so may name another. */
export function runTool(tool: string, args: readonly string[]): Promise<ScriptRun> {
  return runScript(tool, ['--stage', stageName, ...args]);
}

/** What a tool printed with --json. */
export function json(run: ScriptRun): Record<string, unknown> {
  if (run.exitCode !== 0) throw new Error(`exit code ${run.exitCode}: ${run.stderr}${run.stdout}`);
  return JSON.parse(run.stdout);
}
