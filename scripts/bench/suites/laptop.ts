// laptop: what whoever starts the service waits for: its start, the first upload, and what a kill left in flight.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Darkroom } from '../../../client/src/client.ts';
import { dusk } from '../../demo/samples.ts';
import { type RunningStack, startStack } from '../../stack/running-stack.ts';
import type { BenchOptions, Suite } from '../suite.ts';
import { type LaptopData, type LaptopRound, reportLaptop } from './laptop-report.ts';

/** Those of stage dev: without release at the start, what was in flight would wait for ten minutes. */
const parameters = { workerTimeoutSeconds: 100, visibilityTimeoutSeconds: 600 };
const contentType = 'image/jpeg';
const laterUploads = 3;
const inFlight = 8;
const dimensions = { width: 4000, height: 3000 };

export const laptop: Suite<LaptopData> = {
  summary: 'npm start: to ready, to the first image, and to what a kill left in flight, quiet and busy',

  async run({ runs, isQuick, steps }: BenchOptions) {
    const rounds = runs ?? (isQuick ? 1 : 5);
    steps.expect(2 * rounds);
    const photo = new Blob([Uint8Array.from(await dusk(dimensions))], { type: contentType });
    const [quiet, busy]: [LaptopRound[], LaptopRound[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      quiet.push(await measure(photo));
      steps.done();
      busy.push(await whileBusy(() => measure(photo)));
      steps.done();
    }
    return { quiet, busy };
  },

  report: reportLaptop,
};

async function measure(photo: Blob): Promise<LaptopRound> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-bench-laptop-'));
  const stacks: RunningStack[] = [];
  const start = async (ports?: RunningStack['ports']) => {
    const stack = await startStack({ folder, parameters, ...(ports && { ports }) });
    stacks.push(stack);
    return stack;
  };
  try {
    const first = await start();
    const firstMs = await settleMs(first.client, photo);
    const laterMs: number[] = [];
    for (let index = 0; index < laterUploads; index += 1) laterMs.push(await settleMs(first.client, photo));
    const storing = Array.from({ length: inFlight }, () => first.client.uploads.store(photo));
    const stored = await Promise.all(storing);
    await first.kill();
    const killedAt = performance.now();
    const second = await start(first.ports);
    for (const imageId of stored) await ready(second.client, imageId);
    const afterKillMs = performance.now() - killedAt;
    return { startMs: first.startMilliseconds, firstMs, laterMs, afterKillMs };
  } finally {
    for (const stack of stacks) await stack.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From S3's answer to the answer that it is ready. */
async function settleMs(client: Darkroom, photo: Blob): Promise<number> {
  const imageId = await client.uploads.store(photo);
  const storedAt = performance.now();
  await ready(client, imageId);
  return performance.now() - storedAt;
}

async function ready(client: Darkroom, imageId: string): Promise<void> {
  for await (const { status } of client.watch(imageId))
    if (status === 'failed' || status === 'rejected') throw new Error(`${imageId} is ${status}.`);
}

/** Keeps every core busy meanwhile. */
async function whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
}
