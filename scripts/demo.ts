// npm run demo: uploads photos through the API, shows how they get on, and saves what comes back.

import pLimit from 'p-limit';
import { ApiUnreachable, createApiClient } from './demo/api.ts';
import { readArguments, UsageError, usage } from './demo/arguments.ts';
import { developPhoto } from './demo/develop-photo.ts';
import { galleryPage } from './demo/gallery.ts';
import { clearRenditions, renditionSaver, samplesFolder, savePage } from './demo/output-folder.ts';
import { findPhotos } from './demo/photo-files.ts';
import { createProgress } from './demo/progress.ts';
import { writeSample, writeSamples } from './demo/samples.ts';
import { summaryTable } from './demo/table.ts';

const interruptedExitCode = 130;

async function main(signal: AbortSignal): Promise<number> {
  const { paths, api, concurrency, waitSeconds, samplePath, help } = readArguments(process.argv.slice(2));
  if (help) {
    process.stdout.write(usage);
    return 0;
  }
  if (samplePath !== undefined) {
    await writeSample(samplePath);
    return 0;
  }
  const client = createApiClient(api, signal);
  await client.checkHealth();
  await clearRenditions(paths);
  if (paths.length === 0) await writeSamples(samplesFolder);
  const { photos, refused } = await findPhotos(paths.length > 0 ? paths : [samplesFolder]);

  const progress = createProgress(process.stdout, photos.length);
  const limit = pLimit(concurrency);
  const developing = photos.map((photo, position) =>
    limit(() => {
      signal.throwIfAborted();
      const save = renditionSaver(photo.name, position);
      const bar = progress.begin(photo.name, photo.bytes);
      return developPhoto(photo, bar, { client, signal, waitSeconds, save });
    }),
  );
  const developed = await Promise.all(developing).finally(() => progress.close());

  process.stdout.write(`${summaryTable(developed, refused, process.stdout.isTTY)}\n`);
  process.stdout.write(`Look at ${await savePage(galleryPage(developed))}\n`);
  const areAllReady = developed.every(({ image, error }) => image?.status === 'ready' && error === undefined);
  return areAllReady && refused.length === 0 ? 0 : 1;
}

const interruption = new AbortController();
process.once('SIGINT', () => interruption.abort());
try {
  process.exitCode = await main(interruption.signal);
} catch (error) {
  if (interruption.signal.aborted) {
    process.stderr.write('Stopped.\n');
    process.exitCode = interruptedExitCode;
  } else if (error instanceof UsageError || error instanceof ApiUnreachable) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
