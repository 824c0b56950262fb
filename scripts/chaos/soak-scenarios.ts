// The three things that a soak shows: how fast one photo is, that a burst loses nothing, that a kill loses nothing.

import type { Darkroom, Status, UploadFile } from '../../client/src/client.ts';
import { isSettled } from '../../shared/domain/status.ts';
import { quantile } from '../bench/measure/statistics.ts';
import { subscribeToImageEvents } from '../client/image-events.ts';
import { settledImage } from '../client/settled.ts';
import { type RunningStack, startStack } from '../stack/running-stack.ts';
import { startBurst } from './burst.ts';
import { flawsIn, settledImages } from './soak-flaws.ts';

export interface Finding {
  readonly line: string;
  /** Empty when all is well. */
  readonly flaws: readonly string[];
}

/** As in serverless.yml, for the stage that is started. */
const visibilityTimeoutSeconds = 30;
/** For images to be settled. */
const patienceSeconds = 10 * visibilityTimeoutSeconds;
const contentType = 'image/jpeg';

/** One photo after the other: from the answer to the PUT until the API says ready. */
export async function oneByOne(
  { client, stage }: RunningStack,
  photo: UploadFile,
  count: number,
): Promise<Finding> {
  const milliseconds: number[] = [];
  const flaws: string[] = [];
  // The first one pays for the cold start, and is not counted.
  for (let position = 0; position <= count; position += 1) {
    const imageId = await client.uploads.store(photo, { contentType });
    const answeredAt = performance.now();
    const image = await settledImage(client, imageId, patienceSeconds);
    if (position > 0) milliseconds.push(performance.now() - answeredAt);
    flaws.push(...(await flawsIn(stage, [image])));
  }
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => `${Math.round(quantile(milliseconds, share))} ms`);
  return {
    line: `${count} uploads one by one: from PUT to ready p50 ${p50}, p95 ${p95}, most ${most}`,
    flaws,
  };
}

/** All at the same moment: each ready, each rendition stored once, each announced once. */
export async function allAtOnce(
  { client, stage }: RunningStack,
  photo: UploadFile,
  count: number,
): Promise<Finding> {
  const imageEvents = await subscribeToImageEvents(stage.clients, stage.imageEventsTopicArn);
  const begunAt = performance.now();
  const burst = await startBurst(client, photo, count);
  await burst.ended;
  const uploadSeconds = secondsSince(begunAt);
  const images = await settledImages(client, burst.acknowledged, patienceSeconds);
  const seconds = secondsSince(begunAt);
  const flaws = await flawsIn(stage, images);
  const announced = await imageEvents.all(1);
  for (const { imageId } of images) {
    const times = announced.filter((event) => event.imageId === imageId).length;
    if (times !== 1) flaws.push(`${imageId} was announced ${times} times`);
  }
  if (images.length < count) flaws.push(`${count - images.length} uploads were not acknowledged`);
  return {
    line: `${count} uploads at once: uploaded in ${uploadSeconds.toFixed(1)} s, all settled in ${seconds.toFixed(1)} s`,
    flaws,
  };
}

/** When to kill: once a share of the uploads is acknowledged, or all are and a share of the images is settled. */
type KillMoment = { readonly acknowledgedShare: number } | { readonly settledShare: number };

/** Kills everything at that moment, starts again, and waits for what was acknowledged. */
export async function killedInTheMiddle(
  folder: string,
  photo: UploadFile,
  count: number,
  moment: KillMoment,
): Promise<Finding> {
  const killed = await startStack({ folder });
  // Functions that are warm get further, so that the kill meets every stage of the way.
  const first = await killed.client.uploads.store(photo, { contentType });
  await settledImage(killed.client, first, visibilityTimeoutSeconds);
  const burst = await startBurst(killed.client, photo, count);
  if ('acknowledgedShare' in moment) {
    await burst.reached(Math.max(1, Math.round(count * moment.acknowledgedShare)));
  } else {
    await burst.ended;
    // Settled, not ready: an image that failed is found below, and must not be waited for here.
    const wanted = burst.acknowledged.length * moment.settledShare;
    while ((await statusesOf(killed.client, burst.acknowledged)).filter(isSettled).length < wanted);
  }
  await killed.kill();
  await burst.ended;
  const { acknowledged } = burst;
  // The same ports: the issuer of tokens is named after one, and another issuer's users are other owners.
  const stack = await startStack({ folder, ports: killed.ports });
  try {
    const startedAt = performance.now();
    const statuses = await statusesOf(stack.client, acknowledged);
    const readyAlready = statuses.filter((status) => status === 'ready').length;
    const images = await settledImages(stack.client, acknowledged, patienceSeconds);
    const seconds = secondsSince(startedAt);
    const flaws = await flawsIn(stack.stage, images);
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

async function statusesOf(client: Darkroom, imageIds: readonly string[]): Promise<Status[]> {
  const statuses: Status[] = [];
  for (const imageId of imageIds) statuses.push((await client.images.get(imageId)).status);
  return statuses;
}

function secondsSince(at: number): number {
  return (performance.now() - at) / 1000;
}
