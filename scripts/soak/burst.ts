// Sends many uploads at once and remembers what S3 acknowledged.

import { createApiClient, type UploadOffer } from '../demo/api.ts';

export interface PhotoOnDisk {
  readonly path: string;
  readonly bytes: number;
}

export interface Burst {
  /** Image IDs of the uploads that S3 has answered 200, in that order. */
  readonly acknowledged: readonly string[];
  /** Fulfilled once that many are acknowledged. */
  reached(count: number): Promise<void>;
  /** Fulfilled once every upload is answered, or is known to never be. */
  readonly ended: Promise<void>;
}

const never = new AbortController().signal;

/** Gets every URL first, then begins every upload at the same moment. */
export async function startBurst(api: string, photo: PhotoOnDisk, count: number): Promise<Burst> {
  const client = createApiClient(api, never);
  const request = { contentType: 'image/jpeg', contentLength: photo.bytes, fileName: 'soak.jpg' };
  const offers: UploadOffer[] = [];
  for (let position = 0; position < count; position += 1) offers.push(await client.createUpload(request));

  const acknowledged: string[] = [];
  const waiting = new Map<number, () => void>();
  const uploads = offers.map(async ({ imageId, upload }) => {
    await client.putFile(upload, photo.path, photo.bytes, () => {});
    acknowledged.push(imageId);
    waiting.get(acknowledged.length)?.();
  });
  return {
    acknowledged,
    reached: (wanted) =>
      new Promise((fulfil) => {
        if (acknowledged.length >= wanted) fulfil();
        else waiting.set(wanted, fulfil);
      }),
    ended: Promise.allSettled(uploads).then(() => {}),
  };
}
