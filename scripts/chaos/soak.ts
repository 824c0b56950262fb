// Soak: stacks as a person starts them, with single uploads, a burst and kills, timed.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dusk } from '../demo/samples.ts';
import { startStack } from '../stack/running-stack.ts';
import { allAtOnce, type Finding, killedInTheMiddle, oneByOne } from './soak-scenarios.ts';

export interface SoakOptions {
  readonly folder: string;
  /** Photos one after the other, photos at the same moment, and runs that are killed: none for 0. */
  readonly oneByOne: number;
  readonly uploads: number;
  readonly kills: number;
}

/** Yields what each step has shown, as soon as it has. */
export async function* soak(options: SoakOptions): AsyncGenerator<Finding, void, void> {
  const { uploads, kills } = options;
  const photo = new Blob([await dusk({ width: 4000, height: 3000 })]);
  const stack = await startStack({ folder: await subfolder('steady') });
  try {
    yield { line: `ready ${(stack.startMilliseconds / 1000).toFixed(1)} s after npm start`, flaws: [] };
    if (options.oneByOne > 0) yield await oneByOne(stack, photo, options.oneByOne);
    if (uploads > 0) yield await allAtOnce(stack, photo, uploads);
  } finally {
    await stack.kill();
  }
  for (let run = 1; run <= kills; run += 1) {
    const share = (run - 0.5) / kills;
    const moment = run % 2 === 1 ? { acknowledgedShare: share } : { settledShare: share };
    yield await killedInTheMiddle(await subfolder(`kill-${run}`), photo, uploads, moment);
  }

  async function subfolder(name: string): Promise<string> {
    const path = join(options.folder, name);
    await mkdir(path);
    return path;
  }
}
