// Takes one photo the whole way, as a client does: ask for a URL, upload, wait, save what came of it.

import { openAsBlob } from 'node:fs';
import type { ImageView, RenditionView } from '../../shared/domain/image-view.ts';
import type { ApiClient } from '../client/api.ts';
import type { PhotoFile } from './photo-files.ts';
import type { FileProgress } from './progress.ts';

/** What became of one file. `image` is absent when it never got that far. */
export interface UploadedPhoto {
  readonly name: string;
  readonly bytes: number;
  readonly image?: ImageView;
  readonly saved: readonly SavedRendition[];
  /** From the upload's end to the answer that it is settled. */
  readonly processingSeconds?: number;
  /** What went wrong on the way, as opposed to in the image. */
  readonly error?: string;
}

interface SavedRendition extends RenditionView {
  /** Relative to the gallery. */
  readonly file: string;
}

/** Saves a rendition and tells where. */
export type SaveRendition = (rendition: RenditionView, body: Uint8Array) => Promise<string>;

interface UploadOptions {
  readonly client: ApiClient;
  readonly signal: AbortSignal;
  readonly waitSeconds: number;
  readonly save: SaveRendition;
}

/** Never throws for the file's sake, so that one bad file leaves the others alone; throws when aborted. */
export async function uploadPhoto(
  photo: PhotoFile,
  progress: FileProgress,
  { client, signal, waitSeconds, save }: UploadOptions,
): Promise<UploadedPhoto> {
  const { name, bytes, path, contentType } = photo;
  let latest: ImageView | undefined;
  try {
    const offer = await client.createUpload({ contentType, contentLength: bytes, fileName: name });
    await client.put(offer.upload, await openAsBlob(path), progress.uploading);
    const uploadedAt = performance.now();
    const onAnswer = (image: ImageView) => {
      latest = image;
      progress.processing(image.metadata !== null);
    };
    latest = await client.waitUntilSettled(offer.imageId, { seconds: waitSeconds, onAnswer });
    const processingSeconds = (performance.now() - uploadedAt) / 1000;
    const saved = latest.status === 'ready' ? await saveAll(latest.renditions, client, save) : [];
    progress.finished(outcomeOf(latest, processingSeconds));
    return { name, bytes, image: latest, saved, processingSeconds };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = explain(thrown as Error);
    progress.finished(error);
    return { name, bytes, saved: [], error, ...(latest && { image: latest }) };
  }
}

async function saveAll(
  renditions: readonly RenditionView[],
  client: ApiClient,
  save: SaveRendition,
): Promise<SavedRendition[]> {
  const saving = renditions.map(async (rendition) => {
    if (rendition.url === undefined) throw new Error(`The API gave no URL for ${rendition.variant}.`);
    return { ...rendition, file: await save(rendition, await client.download(rendition.url)) };
  });
  return (await Promise.all(saving)).sort((one, other) => one.width - other.width);
}

function outcomeOf({ status, failure }: ImageView, seconds: number): string {
  return failure ? `${status}: ${failure.code}` : `${status} in ${seconds.toFixed(2)} s`;
}

/** What fetch throws says nothing; its cause does. */
function explain({ message, cause }: Error): string {
  return cause instanceof Error && cause.message ? cause.message : message;
}
