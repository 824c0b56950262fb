// pipeline: uploads through the whole pipeline on the laptop cloud: how soon each is ready, how many a second, at what CPU.

import pLimit from 'p-limit';
import { variants } from '../../../shared/domain/variants.ts';
import { treeCpuMs } from '../measure/cpu.ts';
import { describePhotos, loadPhotos, type Photo } from '../photos.ts';
import { type PipelineClient, startPipeline } from '../pipeline/client.ts';
import { createDarkroom } from '../render/darkroom.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { type PipelineData, reportPipeline } from './pipeline-report.ts';

/** As many as the machine that this is usually run on has cores; the workers have so many instances. */
const bareConcurrency = 2;
const uploadsAtOnce = 6;

export const pipeline: Suite<PipelineData> = {
  summary: 'upload to ready and images a second on the laptop cloud, and CPU beside the renditions job alone',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder, isQuick ? 3 : undefined);
    const uploads = runs ?? (isQuick ? 12 : 500);
    const single = Math.min(100, Math.ceil(uploads / 4));
    steps.expect(uploads + single + photos.length + 2);
    const client = await startPipeline();
    try {
      for (const photo of photos) await uploadAndWait(client, photo, steps.done);
      const latencyMs: number[] = [];
      for (let index = 0; index < single; index += 1) {
        latencyMs.push(await uploadAndWait(client, photos[index % photos.length], steps.done));
      }
      const before = await bareCpuMs(photos, isQuick);
      steps.done();
      const sustained = await sustain(client, photos, uploads, steps.done);
      const after = await bareCpuMs(photos, isQuick);
      steps.done();
      return { photos: describePhotos(photos, folder), latencyMs, sustained, bareCpuMs: [before, after] };
    } finally {
      await client.close();
    }
  },

  report: reportPipeline,
};

async function uploadAndWait(
  client: PipelineClient,
  photo: Photo | undefined,
  onStep: () => void,
): Promise<number> {
  const { uploadedAt, ready } = await client.upload(photo?.bytes ?? Buffer.alloc(0));
  const readyAt = await ready;
  onStep();
  return readyAt - uploadedAt;
}

async function sustain(
  client: PipelineClient,
  photos: readonly Photo[],
  uploads: number,
  onStep: () => void,
): Promise<PipelineData['sustained']> {
  const limit = pLimit(uploadsAtOnce);
  const cpuBefore = client.functionsCpuMs();
  const start = performance.now();
  const all = Array.from({ length: uploads }, async (_, index) => {
    // Only the upload is limited: the queue is to fill up.
    const { ready } = await limit(() =>
      client.upload(photos[index % photos.length]?.bytes ?? Buffer.alloc(0)),
    );
    await ready;
    onStep();
  });
  await Promise.all(all);
  const seconds = (performance.now() - start) / 1000;
  return { uploads, seconds, functionsCpuMs: (client.functionsCpuMs() - cpuBefore) / uploads };
}

/** In as many processes at once as the workers have: they share the machine's caches too. */
async function bareCpuMs(photos: readonly Photo[], isQuick: boolean): Promise<number> {
  const darkroom = await createDarkroom(bareConcurrency);
  const renderAll = () => Promise.all(photos.map(({ bytes }) => darkroom.render(bytes, variants)));
  try {
    await renderAll();
    const rounds = isQuick ? 1 : 4;
    const before = treeCpuMs();
    for (let round = 0; round < rounds; round += 1) await renderAll();
    return (treeCpuMs() - before) / rounds / photos.length;
  } finally {
    await darkroom.close?.();
  }
}
