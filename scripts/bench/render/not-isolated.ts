// The work of the imaging process without the hand-over: the same settings, but originals lie there from the start, and
// renditions stay there. What the whole job takes beyond it is what isolation costs.

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { childLaunch } from '../../../shared/imaging/isolation/child-launch.ts';
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
  close(): void;
}

export async function startNotIsolated(photos: readonly Photo[]): Promise<NotIsolated> {
  const child = fork(new URL('./not-isolated-process.ts', import.meta.url), {
    env: { ...process.env, ...childLaunch.environment },
    execArgv: childLaunch.flags,
    serialization: 'advanced',
  });
  await ask(
    child,
    photos.map(({ bytes }) => bytes),
  );
  return {
    contender: (preset) => ({
      name: 'Darkroom, not isolated',
      async run(photo) {
        await ask(child, { photo: photos.indexOf(photo), preset } satisfies NotIsolatedOrder);
      },
    }),
    close: () => child.kill(),
  };
}

/** @throws {Error} when the process ends instead of answering */
async function ask(child: ChildProcess, message: readonly Uint8Array[] | NotIsolatedOrder): Promise<void> {
  const aborted = new AbortController();
  child.send(message);
  const ended = once(child, 'exit', aborted).then(() => {
    throw new Error('the process that is not isolated has ended');
  });
  try {
    await Promise.race([once(child, 'message', aborted), ended]);
  } finally {
    aborted.abort();
    ended.catch(() => {});
  }
}
