// npm run fuzz: damages sound files at random and demands that each ends as ready or as rejected with a code.

import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createImagingEngine } from '../shared/imaging/engine.ts';
import { runCampaign, type Tally } from './fuzz/campaign.ts';
import { seeds } from './fuzz/seeds.ts';
import { UsageError } from './terminal/errors.ts';
import { flag, optional, text, wholeNumber, withDefault } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { createProgress } from './terminal/progress.ts';
import { runTool } from './terminal/run-tool.ts';
import { renderTable } from './terminal/table.ts';

const usualCorpus = '../shared/corpus';

const tool = {
  name: 'fuzz',
  about: `Damages sound files at random and demands that each ends as ready or as rejected with a code.
Runs until both the time is up and the mutations are done.`,
  options: {
    seconds: withDefault(wholeNumber(0), 'N', 'how long, at least', 300),
    mutations: withDefault(wholeNumber(0), 'N', 'how many, at least', 20_000),
    metadata: flag('reads metadata alone, which is a hundred times as fast'),
    seed: optional(wholeNumber(0), 'N', 'repeats a run’s choices'),
    corpus: optional(
      text,
      'FOLDER',
      `also mutates the small sound files of an image corpus (default: ${usualCorpus}, where it exists)`,
    ),
    out: withDefault(text, 'FOLDER', 'where files are written that were not handled', 'fuzz-out'),
  },
};

const concurrency = 2;
const logInterval = 30_000;

await runTool(tool, async ({ seconds, mutations: wanted, corpus, out, seed, metadata }) => {
  if (corpus !== undefined && !existsSync(corpus)) throw new UsageError(`There is no folder ${corpus}.`);
  const randomSeed = seed ?? Date.now() % 2 ** 31;
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const engine = metadata ? undefined : createImagingEngine({ concurrency, deadlineMs: 10_000 });
  const progress = createProgress('mutations', { logInterval });
  progress.expect(wanted);
  const startRss = process.memoryUsage.rss();
  try {
    const tally = await runCampaign(engine, {
      seeds: await seeds(corpus ?? usualCorpus),
      randomSeed,
      concurrency,
      isOver: (current) => elapsed() >= seconds && current.mutations >= wanted,
      onProgress: (current) => {
        progress.expect(Math.max(wanted, Math.ceil((current.mutations * seconds) / elapsed())));
        progress.advance(1, noteOf(current));
      },
    });
    progress.stop();
    const growth = Math.round((process.memoryUsage.rss() - startRss) / 1e6);
    const { mutations, ready, rejected, findings } = tally;
    print(`Seed ${randomSeed}, ${Math.round(elapsed())} s, ${mutations} mutations: ${ready} ready.`);
    print(
      renderTable(Object.entries(rejected), { head: ['rejected as', 'files'], align: ['left', 'right'] }),
    );
    print(`The parent process grew by ${growth} MB.`);
    await writeFindings(tally, out);
    return findings.length > 0 ? 1 : 0;
  } finally {
    progress.stop();
    await engine?.close();
  }
});

function noteOf({ ready, rejected, findings }: Tally): string {
  const rejections = Object.values(rejected).reduce((sum, count) => sum + count, 0);
  return `${ready} ready, ${rejections} rejected, ${findings.length} findings`;
}

async function writeFindings({ findings }: Tally, folder: string): Promise<void> {
  if (findings.length > 0) await mkdir(folder, { recursive: true });
  for (const [index, { seed, mutations, problem, file }] of findings.entries()) {
    const path = join(folder, `${index}-${seed.replaceAll('/', '-')}`);
    await writeFile(path, file);
    process.stderr.write(`${path} (${mutations.join(', ')}): ${problem}\n`);
  }
}
