// Sends many uploads at once and remembers what S3 acknowledged.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Darkroom, UploadFile, UploadOffer } from '../../client/src/client.ts';

interface Burst {
  /** Image IDs of the uploads that S3 has acknowledged, in that order. */
  readonly acknowledged: readonly string[];
  /** Fulfilled once that many are acknowledged, or no more will be. */
  reached(count: number): Promise<void>;
  /** Fulfilled once every upload is answered, or is known to never be. */
  readonly ended: Promise<void>;
}

/** Gets every URL first, then begins the uploads. @param spacingMilliseconds between two of them: all at once without */
export async function startBurst(
  client: Darkroom,
  photo: UploadFile,
  count: number,
  spacingMilliseconds = 0,
): Promise<Burst> {
  const contentLength = photo instanceof Blob ? photo.size : photo.byteLength;
  const offers: UploadOffer[] = [];
  for (let position = 0; position < count; position += 1)
    offers.push(await client.uploads.create({ contentType: 'image/jpeg', contentLength }));

  const acknowledged: string[] = [];
  const uploads = offers.map(async ({ imageId, upload }, position) => {
    await sleep(position * spacingMilliseconds);
    await client.uploads.send(upload, photo);
    acknowledged.push(imageId);
  });
  let isOver = false;
  const ended = Promise.allSettled(uploads).then(() => {
    isOver = true;
  });
  return {
    ...{ acknowledged, ended },
    async reached(wanted) {
      while (acknowledged.length < wanted && !isOver) await sleep(1);
    },
  };
}
