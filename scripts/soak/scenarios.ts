// The three things that a soak shows: how fast one photo is, that a burst loses nothing, that a kill loses nothing.

import { createApiClient } from '../demo/api.ts';
import { type PhotoOnDisk, startBurst } from './burst.ts';
import { countAnnouncements, flawIn, settledImages } from './outcomes.ts';
import { type Stack, startStack } from './stack.ts';

export const stage = 'test';
/** As in serverless.yml, for this stage. */
export const visibilityTimeoutSeconds = 30;
const pollMilliseconds = 10;

export interface Finding {
  readonly line: string;
  readonly flaws: readonly string[];
}

/** One photo after the other: from the answer to the PUT until the API says ready. */
export async function oneByOne(stack: Stack, photo: PhotoOnDisk, count: number): Promise<Finding> {
  const client = createApiClient(stack.api, new AbortController().signal);
  const request = { contentType: 'image/jpeg', contentLength: photo.bytes };
  const milliseconds: number[] = [];
  const flaws: string[] = [];
  // The first one pays for the cold start, and is not counted.
  for (let position = 0; position <= count; position += 1) {
    const { imageId, upload } = await client.createUpload(request);
    await client.putFile(upload, photo.path, photo.bytes, () => {});
    const answeredAt = performance.now();
    let image = await client.getImage(imageId);
    while (image.status === 'processing' || image.status === 'awaiting-upload') {
      await new Promise((fulfil) => setTimeout(fulfil, pollMilliseconds));
      image = await client.getImage(imageId);
    }
    if (position > 0) milliseconds.push(performance.now() - answeredAt);
    const flaw = await flawIn(stack, stage, image);
    if (flaw) flaws.push(flaw);
  }
  milliseconds.sort((one, other) => one - other);
  const at = (share: number) => Math.round(milliseconds[Math.ceil(count * share) - 1] ?? Number.NaN);
  return {
    line: `${count} uploads one by one: from PUT to ready p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`,
    flaws,
  };
}

/** All at the same moment: each ready, each rendition stored once, each announced once. */
export async function allAtOnce(stack: Stack, photo: PhotoOnDisk, count: number): Promise<Finding> {
  const announcements = await countAnnouncements(stack, stage);
  const begunAt = performance.now();
  const burst = await startBurst(stack.api, photo, count);
  await burst.ended;
  const uploadSeconds = (performance.now() - begunAt) / 1000;
  const images = await settledImages(stack, burst.acknowledged, 10 * visibilityTimeoutSeconds);
  const seconds = (performance.now() - begunAt) / 1000;
  const flaws = await flawsIn(stack, images);
  const counts = await announcements();
  for (const { imageId } of images) {
    const times = counts.get(imageId) ?? 0;
    if (times !== 1) flaws.push(`${imageId} was announced ${times} times`);
  }
  if (images.length < count) flaws.push(`${count - images.length} uploads were not acknowledged`);
  return {
    line: `${count} uploads at once: uploaded in ${uploadSeconds.toFixed(1)} s, all settled in ${seconds.toFixed(1)} s`,
    flaws,
  };
}

/** When to kill: once a share of the uploads is acknowledged, or all are and a share of the images is ready. */
export type KillMoment = { readonly acknowledgedShare: number } | { readonly readyShare: number };

/** Kills everything at that moment, starts again, and waits for what was acknowledged. */
export async function killedInTheMiddle(
  dataDir: string,
  photo: PhotoOnDisk,
  count: number,
  moment: KillMoment,
): Promise<Finding> {
  const killed = await startStack({ dataDir, stage });
  // Functions that are warm get further, so that the kill meets every stage of the way.
  const warmUp = await startBurst(killed.api, photo, 1);
  await warmUp.ended;
  await settledImages(killed, warmUp.acknowledged, visibilityTimeoutSeconds);
  const burst = await startBurst(killed.api, photo, count);
  if ('acknowledgedShare' in moment) {
    await burst.reached(Math.max(1, Math.round(count * moment.acknowledgedShare)));
  } else {
    await burst.ended;
    while ((await countReady(killed, burst.acknowledged)) < count * moment.readyShare);
  }
  await killed.kill();
  await burst.ended;
  const acknowledged = [...burst.acknowledged];
  const stack = await startStack({ dataDir, stage });
  try {
    const startedAt = performance.now();
    const readyAlready = await countReady(stack, acknowledged);
    const images = await settledImages(stack, acknowledged, 10 * visibilityTimeoutSeconds);
    const seconds = (performance.now() - startedAt) / 1000;
    const flaws = await flawsIn(stack, images);
    if (seconds > 2 * visibilityTimeoutSeconds) {
      flaws.push(`it took ${seconds.toFixed(1)} s, longer than two visibility timeouts`);
    }
    return {
      line:
        `killed with ${acknowledged.length} of ${count} acknowledged and ${readyAlready} ready: ` +
        `the rest ${seconds.toFixed(1)} s after the next start`,
      flaws,
    };
  } finally {
    await stack.kill();
  }
}

async function flawsIn(stack: Stack, images: Parameters<typeof flawIn>[2][]): Promise<string[]> {
  const flaws = await Promise.all(images.map((image) => flawIn(stack, stage, image)));
  return flaws.filter((flaw) => flaw !== undefined);
}

async function countReady({ api }: Stack, imageIds: readonly string[]): Promise<number> {
  const client = createApiClient(api, new AbortController().signal);
  let count = 0;
  for (const imageId of imageIds) if ((await client.getImage(imageId)).status === 'ready') count += 1;
  return count;
}
