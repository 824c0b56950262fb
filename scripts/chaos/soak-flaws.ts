// Waits for many images, and tells what is wrong with each: by the API, and by what is stored.

import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { Darkroom, Image } from '../../client/src/client.ts';
import { renditionsPrefix } from '../../shared/domain/object-keys.ts';
import { settledImage } from '../client/settled.ts';
import type { Stage } from '../operations/stage.ts';

/** More at a time would measure the polling. */
const pollsAtATime = 8;

/** Waits until each is settled. @throws {Error} when one is not within the time */
export function settledImages(
  client: Darkroom,
  imageIds: readonly string[],
  seconds: number,
): Promise<Image[]> {
  const limit = pLimit(pollsAtATime);
  return Promise.all(imageIds.map((imageId) => limit(() => settledImage(client, imageId, seconds))));
}

/** A line for each image that is not ready, or has not exactly its renditions stored. */
export async function flawsIn(stage: Stage, images: readonly Image[]): Promise<string[]> {
  const flaws = await Promise.all(images.map((image) => flawIn(stage, image)));
  return flaws.filter((flaw) => flaw !== undefined);
}

async function flawIn(
  { clients, renditionsBucket }: Stage,
  { imageId, status, renditions, failure }: Image,
): Promise<string | undefined> {
  if (status !== 'ready') return `${imageId} is ${status}: ${JSON.stringify(failure)}`;
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: renditionsBucket, Prefix: renditionsPrefix(imageId) }),
  );
  const stored = Contents.map(({ Size }) => Size).sort();
  const listed = renditions.map(({ bytes }) => bytes).sort();
  if (String(stored) === String(listed)) return undefined;
  return `${imageId} lists renditions of ${listed} bytes and has ${stored} stored`;
}
