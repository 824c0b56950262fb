// The regression gate: the worker's renditions job against tutorial-style sharp, by CPU time, in turns in one process.
// A ratio of CPU times says nearly the same on a busy machine as on a quiet one: over twenty runs on two cores, half of
// them at a load of five, it was 0.39 to 0.43 for JPEG and 0.35 to 0.40 for WebP.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { interleave, ratioOf } from '../../scripts/bench/measure/interleave.ts';
import { createDarkroom } from '../../scripts/bench/render/darkroom.ts';
import type { Renderer } from '../../scripts/bench/render/output.ts';
import { presets } from '../../scripts/bench/render/presets.ts';
import { tutorial } from '../../scripts/bench/render/sharp-styles.ts';
import { dusk } from '../../scripts/demo/samples.ts';

/** Generated, so that every machine has the same: photos differ from it in their ratios. */
const photo = { width: 4000, height: 3000 };
const copies = 3;
const rounds = 2;

let darkroom: Renderer;
let original: Buffer;

beforeAll(async () => {
  darkroom = await createDarkroom();
  original = await dusk(photo);
});
afterAll(() => darkroom.close?.());

it.runIf(process.platform === 'linux').each([
  ['jpeg', 0.52],
  ['webp', 0.47],
] as const)(
  'four %ss take at most %d of the CPU of a pipeline a rendition (Linux only)',
  async (preset, limit) => {
    const contenders = [darkroom, tutorial].map(({ name, render }) => ({
      name,
      run: (bytes: Buffer) => render(bytes, presets[preset]),
    }));

    const items = Array.from({ length: copies }, () => original);
    const samples = await interleave({ contenders, items, rounds });

    const { median } = ratioOf(samples, darkroom.name, tutorial.name);
    expect(median).toBeLessThan(limit);
  },
);
