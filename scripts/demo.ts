// npm run demo: uploads photos through the API, shows how they get on, and saves what comes back.

import pLimit from 'p-limit';
import { createClient } from '../client/src/client.ts';
import { laptopToken } from './client/token.ts';
import { laptopApi, tool } from './demo/arguments.ts';
import { checkHealth } from './demo/check-health.ts';
import { galleryPage } from './demo/gallery.ts';
import { clearRenditions, renditionSaver, samplesFolder, savePage } from './demo/output-folder.ts';
import { findPhotos } from './demo/photo-files.ts';
import { createProgress } from './demo/progress.ts';
import { writeSample, writeSamples } from './demo/samples.ts';
import { summary } from './demo/summary.ts';
import { uploadPhoto } from './demo/upload-photo.ts';
import { readSettings } from './local/settings.ts';
import type { ValuesOf } from './terminal/options.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const interruptedExitCode = 130;
/** Whoever looks on wants to know that the service went away. */
const patienceSeconds = 15;
const interruption = new AbortController();

await runTool(tool, async ({ writeSample: samplePath, ...options }, paths) => {
  if (samplePath !== undefined) {
    await writeSample(samplePath);
    return 0;
  }
  process.once('SIGINT', () => interruption.abort());
  try {
    return await uploadAll(paths, options, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('Stopped.\n');
    return interruptedExitCode;
  }
});

async function uploadAll(
  paths: readonly string[],
  given: Omit<ValuesOf<typeof tool.options>, 'writeSample'>,
  signal: AbortSignal,
): Promise<number> {
  const { api = laptopApi(), concurrency, wait: waitSeconds } = given;
  // The laptop's page shows what its own user has uploaded.
  const page = given.api === undefined && given.token === undefined ? api : undefined;
  const { token = laptopToken(readSettings('darkroom').dataDir) } = given;
  await checkHealth(api, signal);
  const client = createClient({ api, token, concurrency, patienceSeconds });
  if (paths.length === 0) await writeSamples(samplesFolder);
  const { photos, leftOut } = await findPhotos(paths.length > 0 ? paths : [samplesFolder]);
  await clearRenditions(paths);

  const progress = createProgress(process.stdout, photos.length);
  const limit = pLimit(concurrency);
  const uploads = photos.map((photo, position) =>
    limit(() => {
      signal.throwIfAborted();
      const save = renditionSaver(photo.name, position);
      const bar = progress.begin(photo.name, photo.bytes);
      return uploadPhoto(photo, bar, { client, signal, waitSeconds, save });
    }),
  );
  const uploaded = await Promise.all(uploads).finally(() => progress.close());

  print(`\n${summary(uploaded, leftOut, page)}\n`);
  if (uploaded.length > 0) {
    const saved = await savePage(galleryPage(uploaded));
    print(page === undefined ? `Look at ${saved}` : `Look at ${page}, or at ${saved} without it.`);
  }
  const areAllReady = uploaded.every(({ image, error }) => image?.status === 'ready' && error === undefined);
  return areAllReady && !leftOut.some(({ isNamed }) => isNamed) ? 0 : 1;
}
