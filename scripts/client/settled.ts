// What tools and tests add to the client library: waiting until an image is settled however it ends, and downloads.

import { type Darkroom, type Image, ImageError } from '../../client/src/client.ts';
import { OperatorError } from '../terminal/errors.ts';

/**
 * The image once nothing happens to it any more, however it ended.
 * @throws {OperatorError} when that takes longer
 */
export async function settledImage(client: Darkroom, imageId: string, seconds: number): Promise<Image> {
  const signal = AbortSignal.timeout(seconds * 1000);
  let latest: Image | undefined;
  try {
    for await (const image of client.watch(imageId, { signal })) latest = image;
  } catch (error) {
    if (signal.aborted) throw stillUnsettled(latest, seconds);
    throw error;
  }
  return latest as Image;
}

/** The image of an upload, however it ended. */
export function imageOf(upload: Promise<Image>): Promise<Image> {
  return upload.catch((error: unknown) => {
    if (error instanceof ImageError) return error.image;
    throw error;
  });
}

export function stillUnsettled(image: Image | undefined, seconds: number): OperatorError {
  return new OperatorError(
    `Still ${image?.status ?? 'without an answer'} after ${seconds} s: see the log of npm start.`,
  );
}

/** @throws {Error} unless the answer is a success */
export async function download(url: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url, signal ? { signal } : {});
  if (!answer.ok) throw new Error(`The answer to a download was ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
