// The work of the imaging process without the hand-over: the same settings, but originals lie there from the start, and
// renditions stay there. What the whole job takes beyond it is what isolation costs.

import { childLaunch } from '../../../shared/imaging/isolation/child-launch.ts';
import { startChild } from '../child-program.ts';
import type { Contender } from '../measure/interleave.ts';
import type { Photo } from '../photos.ts';
import type { PresetName } from './presets.ts';

export interface NotIsolatedOrder {
  /** Which of the photos, in the order they were given in. */
  readonly photo: number;
  readonly preset: PresetName;
}

export interface NotIsolated {
  contender(preset: PresetName): Contender<Photo>;
  close(): Promise<void>;
}

export async function startNotIsolated(photos: readonly Photo[]): Promise<NotIsolated> {
  const child = startChild(new URL('./not-isolated-process.ts', import.meta.url), [], {
    env: { ...process.env, ...childLaunch.environment },
    execArgv: childLaunch.flags,
  });
  await child.ask(photos.map(({ bytes }) => bytes));
  return {
    contender: (preset) => ({
      name: 'Darkroom, not isolated',
      run: (photo) => child.ask({ photo: photos.indexOf(photo), preset } satisfies NotIsolatedOrder),
    }),
    close: child.close,
  };
}
