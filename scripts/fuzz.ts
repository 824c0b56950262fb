// npm run fuzz: damages sound files at random and demands that each ends as ready or as rejected with a code.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { runCampaign, type Tally } from './fuzz/campaign.ts';
import { seeds } from './fuzz/seeds.ts';

const usage = `Usage: npm run fuzz -- [--seconds 300] [--mutations 20000] [--seed N] [--corpus FOLDER] [--out FOLDER]

Runs until both the time is up and the mutations are done.

  --seed N         repeats a run's choices
  --corpus FOLDER  also mutates the small sound files of an image corpus (default ../shared/corpus, where it exists)
  --out FOLDER     writes files that were not handled (default fuzz-out)`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    mutations: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    corpus: { type: 'string', default: '../shared/corpus' },
    out: { type: 'string', default: 'fuzz-out' },
    help: { type: 'boolean' },
  },
});

async function main(): Promise<void> {
  const [seconds, wanted, randomSeed] = [values.seconds, values.mutations, values.seed].map(Number);
  if (seconds === undefined || wanted === undefined || randomSeed === undefined) return;
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const concurrency = 2;
  const engine = createImagingEngine({ concurrency, deadlineMs: 10_000 });
  const bar = new SingleBar({
    format:
      '{bar} {percentage}% {mutations} mutations, {ready} ready, {rejected} rejected, {findings} findings',
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 30_000,
  });
  bar.start(1000, 0, { mutations: 0, ready: 0, rejected: 0, findings: 0 });
  const startRss = process.memoryUsage.rss();
  const tally = await runCampaign(engine, {
    seeds: await seeds(values.corpus),
    randomSeed,
    concurrency,
    isOver: (current) => elapsed() >= seconds && current.mutations >= wanted,
    onProgress: (current) => {
      const done = Math.min(elapsed() / seconds, current.mutations / wanted, 1);
      bar.update(Math.floor(done * 1000), counts(current));
    },
  });
  bar.stop();
  await engine.close();
  const growth = Math.round((process.memoryUsage.rss() - startRss) / 1e6);
  console.log(
    `Seed ${randomSeed}, ${Math.round(elapsed())} s, ${tally.mutations} mutations: ${tally.ready} ready.`,
  );
  console.table(tally.rejected);
  console.log(`The parent process grew by ${growth} MB.`);
  await writeFindings(tally);
}

function counts({ mutations, ready, rejected, findings }: Tally) {
  const rejections = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return { mutations, ready, rejected: rejections, findings: findings.length };
}

async function writeFindings({ findings }: Tally): Promise<void> {
  if (findings.length === 0) return;
  await mkdir(values.out, { recursive: true });
  for (const [index, { seed, mutations, problem, file }] of findings.entries()) {
    const path = join(values.out, `${index}-${seed.replaceAll('/', '-')}`);
    await writeFile(path, file);
    console.error(`${path} (${mutations.join(', ')}): ${problem}`);
  }
  process.exitCode = 1;
}

if (values.help === true) console.log(usage);
else await main();
