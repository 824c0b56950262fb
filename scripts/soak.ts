// npm run soak: starts stacks of its own, loads them, kills them, and prints how long it all took.

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeSample } from './demo/samples.ts';
import { allAtOnce, type Finding, killedInTheMiddle, oneByOne, stage } from './soak/scenarios.ts';
import { startStack, temporaryFolder } from './soak/stack.ts';

const usage = `npm run soak -- [--one-by-one N] [--uploads N] [--kills N]

  --one-by-one N  photos of 12 megapixels, one after the other (20)
  --uploads N     photos at the same moment (100)
  --kills N       runs that are killed in the middle of those, uploading or processing, and started again (10)

The exit code is 1 when anything was lost, late, or done twice.
`;

const { values } = parseArgs({
  options: {
    'one-by-one': { type: 'string', default: '20' },
    uploads: { type: 'string', default: '100' },
    kills: { type: 'string', default: '10' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (values.help) process.stdout.write(usage);
else await soak(Number(values['one-by-one']), Number(values.uploads), Number(values.kills));

async function soak(singles: number, uploads: number, kills: number): Promise<void> {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'photo.jpg');
  await writeSample(path);
  const photo = { path, bytes: (await stat(path)).size };
  try {
    const stack = await startStack({ dataDir: join(folder.path, 'steady'), stage });
    try {
      tell({ line: `ready ${(stack.startMilliseconds / 1000).toFixed(1)} s after npm start`, flaws: [] });
      if (singles > 0) tell(await oneByOne(stack, photo, singles));
      if (uploads > 0) tell(await allAtOnce(stack, photo, uploads));
    } finally {
      await stack.kill();
    }
    for (let run = 1; run <= kills; run += 1) {
      const share = (run - 0.5) / kills;
      const moment = run % 2 === 1 ? { acknowledgedShare: share } : { readyShare: share };
      tell(await killedInTheMiddle(join(folder.path, `kill-${run}`), photo, uploads, moment));
    }
  } finally {
    await folder.remove();
  }
}

function tell({ line, flaws }: Finding): void {
  process.stdout.write(`${flaws.length === 0 ? 'ok  ' : 'BAD '} ${line}\n`);
  for (const flaw of flaws) process.stdout.write(`     ${flaw}\n`);
  if (flaws.length > 0) process.exitCode = 1;
}
