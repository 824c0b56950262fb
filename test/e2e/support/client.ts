// What a client of the API does, call by call, so that a test can do any of them wrong.

import { setTimeout } from 'node:timers/promises';
import type { SignedUpload } from '../../../shared/api/ports.ts';
import type { ImageView } from '../../../shared/domain/image-view.ts';

export interface Offer {
  readonly imageId: string;
  readonly status: string;
  readonly upload: SignedUpload;
}

export function postUpload(api: string, body: unknown): Promise<Response> {
  return fetch(`${api}/uploads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** An offer for these very bytes. */
export async function offerFor(
  api: string,
  file: Uint8Array,
  contentType = 'image/jpeg',
  more: Readonly<Record<string, string>> = {},
): Promise<Offer> {
  const answer = await postUpload(api, { contentType, contentLength: file.byteLength, ...more });
  if (answer.status !== 201)
    throw new Error(`POST /uploads answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Offer;
}

export function put({ url, headers }: Omit<SignedUpload, 'method'>, file: Uint8Array): Promise<Response> {
  return fetch(url, { method: 'PUT', headers, body: file });
}

/** Uploads as it should be. @returns the image's ID, once S3 has acknowledged it */
export async function upload(api: string, file: Uint8Array, contentType?: string): Promise<string> {
  const offer = await offerFor(api, file, contentType);
  const answer = await put(offer.upload, file);
  if (!answer.ok) throw new Error(`S3 answered ${answer.status}: ${await answer.text()}`);
  return offer.imageId;
}

export async function getImage(api: string, imageId: string): Promise<ImageView> {
  const answer = await fetch(`${api}/images/${imageId}`);
  return (await answer.json()) as ImageView;
}

/** Polls until the image is settled; a service that is not there yet is asked again. */
export async function settled(api: string, imageId: string, withinSeconds = 25): Promise<ImageView> {
  const deadline = Date.now() + withinSeconds * 1000;
  for (;;) {
    const image = await getImage(api, imageId);
    if (image.status !== 'awaiting-upload' && image.status !== 'processing') return image;
    if (Date.now() > deadline) throw new Error(`${imageId} is still ${image.status}`);
    await setTimeout(50);
  }
}
