// render: the whole renditions job of the worker against tutorial-style sharp and against decode and encode alone.

import { type Contender, interleave, type Samples, stepsOf } from '../measure/interleave.ts';
import { describePhotos, loadPhotos, type Photo } from '../photos.ts';
import { checkAll } from '../render/check.ts';
import { createDarkroom } from '../render/darkroom.ts';
import { type FloorWork, floorPrograms, prepareFloor } from '../render/floor.ts';
import { type NotIsolated, startNotIsolated } from '../render/not-isolated.ts';
import type { Renderer } from '../render/output.ts';
import { presets } from '../render/presets.ts';
import { tutorial } from '../render/sharp-styles.ts';
import { webpBytesRatio } from '../render/webp-bytes.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { missingPrograms } from '../tools.ts';
import type { RenderData, TimedPreset } from './render-data.ts';
import { reportRender } from './render-report.ts';

const defaultRounds = 7;
const quickRounds = 2;
const quickPhotos = 3;

export const render: Suite<RenderData> = {
  summary: 'the whole renditions job against tutorial-style sharp and against decode and encode alone',

  async run({ photos: folder, runs, isQuick, steps }: BenchOptions) {
    const photos = await loadPhotos(folder, isQuick ? quickPhotos : undefined);
    const rounds = runs ?? (isQuick ? quickRounds : defaultRounds);
    const darkroom = await createDarkroom();
    const notIsolated = await startNotIsolated(photos);
    const renderers = [darkroom, tutorial];
    const checks = photos.length * renderers.length;
    steps.expect(3 * checks);
    try {
      const resampling = await checkAll(renderers, photos, 'png', steps.done);
      const encoded = {
        jpeg: await checkAll(renderers, photos, 'jpeg', steps.done),
        webp: await checkAll(renderers, photos, 'webp', steps.done),
      };
      const missing = {
        jpeg: await missingPrograms(floorPrograms.jpeg),
        webp: await missingPrograms(floorPrograms.webp),
      };
      const timed = { photos, rounds, steps, renderers, notIsolated };
      return {
        ...{ photos: describePhotos(photos, folder), rounds, missing, resampling, encoded },
        profiled: photos.flatMap(({ hasProfile }, index) => (hasProfile ? [index] : [])),
        webpBytesRatio: await webpBytesRatio(darkroom, photos),
        samples: {
          jpeg: await time({ ...timed, preset: 'jpeg', hasFloor: missing.jpeg.length === 0 }),
          webp: await time({ ...timed, preset: 'webp', hasFloor: missing.webp.length === 0 }),
        },
      };
    } finally {
      await darkroom.close?.();
      await notIsolated.close();
    }
  },

  report: reportRender,
};

interface Timed {
  readonly photos: readonly Photo[];
  readonly rounds: number;
  readonly steps: BenchOptions['steps'];
  readonly renderers: readonly Renderer[];
  readonly notIsolated: NotIsolated;
  readonly preset: TimedPreset;
  readonly hasFloor: boolean;
}

async function time({
  photos,
  rounds,
  steps,
  renderers,
  notIsolated,
  preset,
  hasFloor,
}: Timed): Promise<Samples> {
  const variants = presets[preset];
  const floor: FloorWork | undefined = hasFloor ? await prepareFloor(photos, preset) : undefined;
  const contenders: Contender<Photo>[] = renderers.map(({ name, render: make }) => ({
    name,
    run: ({ bytes }) => make(bytes, variants),
  }));
  contenders.push(notIsolated.contender(preset));
  if (floor) contenders.push(floor.floor, floor.lowerFloor, floor.starts);
  const work = { contenders, items: photos, rounds, onStep: steps.done };
  steps.expect(stepsOf(work));
  try {
    return await interleave(work);
  } finally {
    await floor?.remove();
  }
}
