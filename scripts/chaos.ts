// npm run chaos: does to the whole stack, on this machine, what a bad week does to it, and checks every upload.
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderLedger } from './chaos/ledger.ts';
import { runChaos } from './chaos/run.ts';
import { killTools } from './chaos/tools.ts';
import { parseOptions, runTool, wholeNumber } from './operations/command-line.ts';
import { UsageError } from './terminal/errors.ts';
import { print, printJson } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';

const help = `Usage: npm run chaos -- [--uploads N] [--minutes M]
       npm run chaos -- --tools [--kills N]

Starts a stack of its own (own ports, own folder), uploads files of which one in ten is corrupt, and meanwhile lets
AWS calls fail, kills the whole stack at random moments, and repeats events. At the end every upload must have come
to what the same file comes to without faults: uploads = ready + rejected + failed (in a DLQ), and whatever failed
must be ready or rejected once it is redriven. Prints the ledger; exit code 1 for any difference.

With --tools, kills \`dlq redrive\` and \`backfill\` at random moments instead: no message may be lost, no cap exceeded.

  --uploads N   how many (default: 500)
  --minutes M   for how long faults go on (default: 5)
  --tools       kill the operator's tools instead
  --kills N     each of them so often (default: 50)
  --keep        keep the folder, with the stack's log, afterwards
  --json        print JSON to stdout, and no progress bar
  -h, --help    this text`;

/** Of differences; `--json` has them all. */
const maxShown = 10;

async function stackChaos(
  folder: string,
  uploads: number,
  minutes: number,
  isQuiet: boolean,
): Promise<number> {
  const progress = createProgress('uploads', { isQuiet });
  const say = (line: string) => process.stderr.write(isQuiet ? '' : `${line}\n`);
  const result = await runChaos({ uploads, minutes, folder, progress, say });
  const { counts, withoutLetter, differences, failedThenRedriven, kills, duplicates, faults } = result;
  if (isQuiet) printJson({ ...result, counts: Object.fromEntries(counts), uploads });
  else {
    const told = Object.entries(faults).map(([fault, count]) => `${count} ${fault}`);
    print(`${kills} kills of the whole stack, ${duplicates} repeated events; calls: ${told.join(', ')}.`);
    print(renderLedger(counts, uploads));
    print(`${failedThenRedriven} failed and were redriven.`);
    for (const imageId of withoutLetter) print(`NOT IN A DLQ ${imageId}`);
    print(`${differences.length} differ from what their file becomes without faults.`);
    for (const { imageId, file, expected, found } of differences.slice(0, maxShown)) {
      print(`DIFFERENT ${imageId} (${file})\n  expected ${expected}\n  found    ${found}`);
    }
  }
  const sum = (counts.get('ready') ?? 0) + (counts.get('rejected') ?? 0) + (counts.get('failed') ?? 0);
  const isAccounted = sum === uploads && withoutLetter.length === 0 && differences.length === 0;
  if (!isQuiet) print(isAccounted ? 'Every upload is accounted for.' : 'THE LEDGER DOES NOT BALANCE.');
  return isAccounted ? 0 : 1;
}

async function toolChaos(folder: string, kills: number, isQuiet: boolean): Promise<number> {
  const { redrive, backfill } = await killTools(kills, folder, createProgress('kills', { isQuiet }));
  if (isQuiet) printJson({ redrive, backfill });
  else {
    print(`redrive, killed ${kills} times over ${redrive.letters} messages: ${redrive.lost.length} lost.`);
    print(
      `backfill, killed ${kills} times over ${backfill.objects} objects: ${backfill.missed.length} missed, ${backfill.repeated} said twice; ${backfill.publishedWithinCap} published under a cap of ${backfill.cap}.`,
    );
  }
  const isSound =
    redrive.lost.length === 0 && backfill.missed.length === 0 && backfill.publishedWithinCap <= backfill.cap;
  return isSound ? 0 : 1;
}

// An orderly exit takes the stack along.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

await runTool(async () => {
  const { values } = parseOptions({
    options: {
      uploads: { type: 'string', default: '500' },
      minutes: { type: 'string', default: '5' },
      tools: { type: 'boolean', default: false },
      kills: { type: 'string', default: '50' },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(help);
    return 0;
  }
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new UsageError('--minutes takes a number above zero.');
  const uploads = wholeNumber(values.uploads, 'uploads');
  const kills = wholeNumber(values.kills, 'kills');
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-chaos-'));
  // Also when it is interrupted: the stack, killed by handlers of its own, is gone by then or a moment later.
  process.once('exit', () => {
    if (values.keep) process.stderr.write(`The folder is kept: ${folder}\n`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return values.tools
    ? await toolChaos(folder, kills, values.json)
    : await stackChaos(folder, uploads, minutes, values.json);
});
