// Lets the engine run into its deadline, and times how soon the next original is served.

import sharp from 'sharp';
import { type Variant, variants } from '../../../shared/domain/variants.ts';
import { createDeployedEngine } from '../deployed-engine.ts';

const deadlineMs = 400;

/** Takes seconds: nothing in it can be interrupted. */
const endless: readonly Variant[] = [
  { name: 'endless', width: 4000, height: 4000, fit: 'inside', formats: ['avif'] },
];

/**
 * @param original large enough to exceed the deadline
 * @returns milliseconds past the deadline until the caller heard, and until a new process had rendered a small picture,
 *   less what that takes in a warm process
 */
export async function runawayDelays(
  original: Buffer,
  times: number,
): Promise<{ dead: readonly number[]; replaced: readonly number[] }> {
  const small = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#345' } })
    .jpeg()
    .toBuffer();
  const engine = await createDeployedEngine({ deadlineMs });
  const dead: number[] = [];
  const replaced: number[] = [];
  try {
    for (let time = 0; time < times; time += 1) {
      await engine.render(small, variants);
      const warmFrom = performance.now();
      await engine.render(small, variants);
      const warmMs = performance.now() - warmFrom;
      const start = performance.now();
      const outcome = await engine.render(original, endless).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      if (outcome !== 'too-expensive') throw new Error(`the runaway decode ended as ${outcome}`);
      dead.push(performance.now() - start - deadlineMs);
      await engine.render(small, variants);
      replaced.push(performance.now() - start - deadlineMs - warmMs);
    }
    return { dead, replaced };
  } finally {
    await engine.close();
  }
}
