// The steps of a smoke test: one picture the whole way through a running stage, and nothing left of it.

import sharp from 'sharp';
import {
  ApiError,
  type Darkroom,
  type Image,
  type Rendition,
  type UploadProgress,
} from '../../client/src/client.ts';
import { variants } from '../../shared/domain/variants.ts';
import { download, settledImage } from '../client/settled.ts';
import { dusk } from '../demo/samples.ts';
import { approximateCounts } from '../dlq/receive.ts';
import { storesOf } from '../dlq/stores.ts';
import type { Stage } from '../operations/stage.ts';

export interface Step {
  readonly name: string;
  readonly milliseconds: number;
  /** What was seen. */
  readonly says: string;
}

/** A step that did not come out as it must; those before it did. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly step: string;

  constructor(step: string, cause: Error) {
    super(cause.message, { cause });
    this.step = step;
  }
}

interface SmokeOptions {
  readonly client: Darkroom;
  readonly stage: Stage;
  readonly waitSeconds: number;
  /** Told of each step that came out as it must. */
  readonly onStep: (step: Step) => void;
}

const dimensions = { width: 1600, height: 1200 };

/**
 * Uploads, waits, looks, deletes. What was uploaded is deleted also when a step fails.
 * @throws {StepFailed} for the first step that does not come out as it must
 */
export async function smoke({ client, stage, waitSeconds, onStep }: SmokeOptions): Promise<void> {
  const step = async <Result>(name: string, work: () => Promise<readonly [Result, string]>) => {
    const begun = performance.now();
    try {
      const [result, says] = await work();
      onStep({ name, milliseconds: Math.round(performance.now() - begun), says });
      return result;
    } catch (error) {
      throw new StepFailed(name, error as Error);
    }
  };
  const before = await step('put aside before', async () => {
    const counts = await putAside(stage);
    return [counts, said(counts)];
  });
  await step('health', async () => [await client.health(), 'the API answers']);
  const picture = new Blob([Uint8Array.from(await dusk(dimensions))], { type: 'image/jpeg' });
  /** Known before the picture is sent: S3 may have it though its answer was lost. */
  let offered: string | undefined;
  const looking = async () => {
    const imageId = await step('upload', async () => {
      const onProgress = (progress: UploadProgress) => {
        offered = progress.imageId ?? offered;
      };
      const stored = await client.uploads.store(picture, { fileName: 'smoke.jpg', onProgress });
      return [stored, `image ${stored}, ${picture.size} bytes`];
    });
    const image = await step('ready', async () => {
      const settled = await settledImage(client, imageId, waitSeconds);
      if (settled.status !== 'ready')
        throw new Error(`It is ${settled.status}: ${settled.failure?.code}, ${settled.failure?.message}`);
      return [settled, `${settled.renditions.length} renditions`];
    });
    await step('renditions', async () => [await checkRenditions(image), 'each has its size and its type']);
    await step('put aside after', async () => {
      const after = await putAside(stage);
      const more = Object.keys(after).filter((name) => (after[name] ?? 0) > (before[name] ?? 0));
      if (more.length > 0)
        throw new Error(`More than before is in ${more.join(' and ')}: npm run dlq -- list`);
      return [after, said(after)];
    });
  };
  const deleting = async () => {
    const imageId = offered;
    if (imageId === undefined) return;
    await step('delete', async () => [await checkDeleted(client, imageId), 'the API knows it no more']);
  };
  const [failure, leftBehind] = [await failureOf(looking), await failureOf(deleting)];
  if (failure && leftBehind)
    failure.message += ` And image ${offered} could not be deleted: ${leftBehind.message}`;
  const first = failure ?? leftBehind;
  if (first) throw first;
}

/** Of steps: nothing else is thrown by them. */
async function failureOf(steps: () => Promise<void>): Promise<StepFailed | undefined> {
  return steps().then(
    () => undefined,
    (error: StepFailed) => error,
  );
}

/** How many messages are in each DLQ and among the rejections, in flight or not. */
async function putAside(stage: Stage): Promise<Readonly<Record<string, number>>> {
  const counts = storesOf(stage).map(async ({ queue }) => {
    const { visible, inFlight } = await approximateCounts(stage.clients.sqs, queue);
    return [queue.name, visible + inFlight] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

function said(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} in ${name}`)
    .join(', ');
}

async function checkRenditions({ renditions }: Image): Promise<void> {
  const expected = variants.flatMap(({ name, formats }) => formats.map((format) => `${name} ${format}`));
  const found = renditions.map(({ variant, format }) => `${variant} ${format}`);
  const missing = expected.filter((one) => !found.includes(one));
  if (missing.length > 0) throw new Error(`There is no ${missing.join(' and no ')}.`);
  await Promise.all(renditions.map(checkRendition));
}

async function checkRendition({ variant, format, width, height, bytes, url }: Rendition): Promise<void> {
  if (url === undefined) throw new Error(`${variant} ${format} has no URL.`);
  const body = await download(url);
  const seen = await sharp(body).metadata();
  const isRight = seen.width === width && seen.height === height && seen.format === format;
  if (!isRight || body.byteLength !== bytes)
    throw new Error(
      `${variant} ${format} is ${seen.width}×${seen.height} ${seen.format} of ${body.byteLength} bytes, not ${width}×${height} of ${bytes}.`,
    );
}

async function checkDeleted(client: Darkroom, imageId: string): Promise<void> {
  await client.images.delete(imageId);
  const status = await client.images.get(imageId).then(
    () => 200,
    (error: unknown) => (error instanceof ApiError ? error.status : Promise.reject(error as Error)),
  );
  if (status !== 404) throw new Error(`The API answers ${status} for the image that was deleted.`);
}
