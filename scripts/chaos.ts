// npm run chaos: does to the whole stack, on this machine, what a bad week does to it, and checks every upload.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFaults } from './chaos/fault-run.ts';
import { isBalanced, isSound, printFaultRun, printFinding, printToolKills } from './chaos/report.ts';
import { type SoakOptions, soak } from './chaos/soak.ts';
import type { Finding } from './chaos/soak-scenarios.ts';
import { killTools } from './chaos/tool-run.ts';
import { UsageError } from './terminal/errors.ts';
import { flag, optional, positiveNumber, wholeNumber, withDefault } from './terminal/options.ts';
import { printJson } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'chaos',
  about: `Starts a stack of its own (own ports, own folder), uploads files of which one in ten is corrupt, and meanwhile lets
AWS calls fail, kills the whole stack at random moments, and repeats events. At the end every upload must have come
to what the same file comes to without faults: uploads = ready + rejected + failed (in a DLQ), and whatever failed
must be ready or rejected once it is redriven. Prints the ledger; fails for any difference.

With --soak, times photos of 12 megapixels instead: one by one, many at the same moment, and many in the middle of
which the whole stack is killed and started again. Fails when anything was lost, late, or done twice.

With --tools, kills \`dlq redrive\` and \`backfill\` at random moments instead: no message may be lost, no cap exceeded.`,
  options: {
    uploads: optional(wholeNumber(0), 'N', 'how many (default: 500; at the same moment, with --soak, 100)'),
    minutes: withDefault(positiveNumber, 'M', 'for how long faults go on', 5),
    soak: flag('time single uploads, a burst and kills instead'),
    oneByOne: withDefault(wholeNumber(0), 'N', 'single uploads, with --soak', 20),
    tools: flag("kill the operator's tools instead"),
    kills: optional(
      wholeNumber(0),
      'N',
      'of each tool (default: 50), or of the stack with --soak (default: 10)',
    ),
    keep: flag("keep the folder, with the stack's log, afterwards"),
    json: flag('print JSON to stdout, and no progress bar'),
  },
};

interface Mode {
  readonly folder: string;
  readonly isJson: boolean;
}

async function runFaultMode({ folder, isJson }: Mode, uploads: number, minutes: number): Promise<number> {
  const progress = createProgress('uploads', { isQuiet: isJson });
  const say = (line: string) => process.stderr.write(isJson ? '' : `${line}\n`);
  const result = await runFaults({ uploads, minutes, folder, progress, say });
  if (isJson) printJson({ ...result, counts: Object.fromEntries(result.counts), uploads });
  else printFaultRun(result, uploads);
  return isBalanced(result, uploads) ? 0 : 1;
}

async function runSoakMode({ folder, isJson }: Mode, load: Omit<SoakOptions, 'folder'>): Promise<number> {
  const findings: Finding[] = [];
  for await (const finding of soak({ ...load, folder })) {
    if (!isJson) printFinding(finding);
    findings.push(finding);
  }
  if (isJson) printJson(findings);
  return findings.every(({ flaws }) => flaws.length === 0) ? 0 : 1;
}

async function runToolMode({ folder, isJson }: Mode, kills: number): Promise<number> {
  const result = await killTools(kills, folder, createProgress('kills', { isQuiet: isJson }));
  if (isJson) printJson(result);
  else printToolKills(result);
  return isSound(result) ? 0 : 1;
}

/** Removed when this process ends, interrupted or not: the stack, killed by handlers of its own, is gone by then or a moment later. */
async function temporaryFolder(isKept: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-chaos-'));
  process.once('exit', () => {
    if (isKept) process.stderr.write(`The folder is kept: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return folder;
}

// An orderly exit takes the stack along.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await runTool(tool, async ({ uploads, minutes, oneByOne, kills, ...values }) => {
  if (values.soak && values.tools) throw new UsageError('Name --soak or --tools, not both.');
  if (!values.soak && (uploads === 0 || kills === 0))
    throw new UsageError('Nothing is left to do: only --soak takes a zero, for a part to leave out.');
  const mode = { folder: await temporaryFolder(values.keep), isJson: values.json };
  if (values.soak) return await runSoakMode(mode, { oneByOne, uploads: uploads ?? 100, kills: kills ?? 10 });
  if (values.tools) return await runToolMode(mode, kills ?? 50);
  return await runFaultMode(mode, uploads ?? 500, minutes);
});
