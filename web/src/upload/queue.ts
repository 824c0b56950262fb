// The uploads of this page: each on its way, ready, or stopped with a reason.

import { type Darkroom, type Image, ImageError, type Phase } from '../../../client/src/client.ts';
import { forget, remember, sentBefore } from './remembered.ts';

export interface Upload {
  readonly id: number;
  readonly name: string;
  /** Undefined where it was sent before the page was loaded again. */
  readonly file: File | undefined;
  phase: Phase;
  fraction: number;
  imageId: string | undefined;
  /** Why it stopped: a sentence, and a code for those who ask about it. */
  failure: { readonly message: string; readonly code: string | undefined } | undefined;
  stop: AbortController;
}

export interface Queue {
  readonly uploads: readonly Upload[];
  add(files: Iterable<File>): void;
  /** Goes on following what was sent before. */
  resume(): void;
  retry(upload: Upload): void;
  /** Ends it where it is on its way, and takes it off the list. */
  remove(upload: Upload): void;
}

/**
 * @param onChange told of every step
 * @param onImage told of every image as it becomes known, and as it changes
 */
export function createQueue(
  darkroom: Darkroom,
  onChange: () => void,
  onImage: (image: Image) => void,
): Queue {
  let uploads: readonly Upload[] = [];
  let nextId = 0;

  const enter = (name: string, file?: File, imageId?: string): Upload => {
    const upload: Upload = {
      ...{ id: nextId++, name, file, imageId, failure: undefined, stop: new AbortController() },
      ...(imageId === undefined
        ? { phase: 'waiting' as const, fraction: 0 }
        : { phase: 'developing' as const, fraction: 0.8 }),
    };
    uploads = [...uploads, upload];
    return upload;
  };

  async function run(upload: Upload, file: File): Promise<void> {
    const image = await darkroom.upload(file, {
      signal: upload.stop.signal,
      onProgress: ({ phase, fraction, imageId, image }) => {
        Object.assign(upload, { phase, fraction, imageId });
        if (phase === 'developing' && imageId) remember({ imageId, name: upload.name });
        if (image) onImage(image);
        onChange();
      },
    });
    forget(image.imageId);
  }

  async function follow(upload: Upload, imageId: string): Promise<void> {
    for await (const image of darkroom.watch(imageId, { signal: upload.stop.signal })) {
      onImage(image);
      if (image.status === 'ready') Object.assign(upload, { phase: 'ready', fraction: 1 });
      else if (image.failure || image.status === 'expired') throw new ImageError(image);
      onChange();
    }
    forget(imageId);
  }

  function start(upload: Upload): void {
    const { file, imageId, stop } = upload;
    const work = file ? run(upload, file) : follow(upload, imageId ?? '');
    work
      .catch((error: Error & { code?: string }) => {
        if (stop.signal.aborted) return;
        const isImage = error instanceof ImageError;
        if (isImage) {
          forget(error.image.imageId);
          onImage(error.image);
        }
        upload.failure = { message: error.message, code: isImage ? error.image.failure?.code : error.code };
      })
      .finally(onChange);
    onChange();
  }

  return {
    get uploads() {
      return uploads;
    },
    add: (files) => {
      for (const file of files) start(enter(file.name, file));
    },
    resume: () => {
      for (const { imageId, name } of sentBefore()) start(enter(name, undefined, imageId));
    },
    retry: (upload) => {
      Object.assign(upload, {
        failure: undefined,
        phase: 'waiting',
        fraction: 0,
        stop: new AbortController(),
      });
      start(upload);
    },
    remove: (upload) => {
      upload.stop.abort();
      if (upload.imageId) forget(upload.imageId);
      uploads = uploads.filter((other) => other !== upload);
      onChange();
    },
  };
}
