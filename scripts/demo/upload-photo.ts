// Takes one photo the whole way, as a client does: ask for a URL, upload, wait, save what came of it.

import { openAsBlob } from 'node:fs';
import {
  ConnectionError,
  type Darkroom,
  type Image,
  type Rendition,
  type UploadProgress,
} from '../../client/src/client.ts';
import { download, imageOf, stillUnsettled } from '../client/settled.ts';
import type { PhotoFile } from './photo-files.ts';
import type { FileProgress } from './progress.ts';

/** What became of one file. `image` is absent when it never got that far. */
export interface UploadedPhoto {
  readonly name: string;
  readonly bytes: number;
  readonly image?: Image;
  readonly saved: readonly SavedRendition[];
  /** From the upload's end to the answer that it is settled. */
  readonly processingSeconds?: number;
  /** What went wrong on the way, as opposed to in the image. */
  readonly error?: string;
}

interface SavedRendition extends Rendition {
  /** Relative to the gallery. */
  readonly file: string;
}

/** Saves a rendition and tells where. */
export type SaveRendition = (rendition: Rendition, body: Uint8Array) => Promise<string>;

interface UploadOptions {
  readonly client: Darkroom;
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
  const patience = AbortSignal.timeout(waitSeconds * 1000);
  let latest: Image | undefined;
  let sentAt = 0;
  const onProgress = ({ phase, sentBytes, image }: UploadProgress) => {
    if (phase === 'sending') progress.uploading(sentBytes);
    if (phase !== 'developing') return;
    sentAt ||= performance.now();
    latest = image;
    progress.processing(Boolean(image?.metadata));
  };
  try {
    const upload = client.upload(await openAsBlob(path), {
      ...{ contentType, fileName: name, onProgress },
      signal: AbortSignal.any([signal, patience]),
    });
    latest = await imageOf(upload);
    const processingSeconds = (performance.now() - sentAt) / 1000;
    const saved = latest.status === 'ready' ? await saveAll(latest.renditions, signal, save) : [];
    progress.finished(outcomeOf(latest, processingSeconds));
    return { name, bytes, image: latest, saved, processingSeconds };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = patience.aborted ? stillUnsettled(latest, waitSeconds).message : explain(thrown as Error);
    progress.finished(error);
    return { name, bytes, saved: [], error, ...(latest && { image: latest }) };
  }
}

async function saveAll(
  renditions: readonly Rendition[],
  signal: AbortSignal,
  save: SaveRendition,
): Promise<SavedRendition[]> {
  const saving = renditions.map(async (rendition) => {
    if (rendition.url === undefined) throw new Error(`The API gave no URL for ${rendition.variant}.`);
    return { ...rendition, file: await save(rendition, await download(rendition.url, signal)) };
  });
  return (await Promise.all(saving)).sort((one, other) => one.width - other.width);
}

function outcomeOf({ status, failure }: Image, seconds: number): string {
  return failure ? `${status}: ${failure.code}` : `${status} in ${seconds.toFixed(2)} s`;
}

/** What fetch throws says nothing; what it was caused by does. */
function explain(error: Error): string {
  if (error instanceof ConnectionError) return 'The service went away. Is `npm start` still running?';
  const { message, cause } = error;
  return cause instanceof Error && cause.message ? explain(cause) : message;
}
