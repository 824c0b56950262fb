// What is done for one upload until it is ready, paused, canceled or failed, and what is written down of it on the way.

import {
  ApiError,
  type BegunUpload,
  type Darkroom,
  type Image,
  ImageError,
  type UploadProgress,
  type UploadRequest,
} from '../../../client/src/client.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Memory } from './memory.ts';
import type { QueueEvents } from './queue-events.ts';
import { isSent, type Upload } from './upload.ts';

interface Finding {
  /** What was begun for such a file before. */
  find(upload: Upload, request: UploadRequest): BegunUpload | undefined;
  onReady(upload: Upload): void;
}

export interface Runs {
  start(upload: Upload): void;
  fail(upload: Upload, failure: Failure): void;
  /** Deletes what was begun of it. */
  cancel(upload: Upload): Promise<void>;
  abandon(id: string, begun: BegunUpload | undefined): Promise<void>;
}

export function createRuns(darkroom: Darkroom, memory: Memory, events: QueueEvents, finding: Finding): Runs {
  function showImage(upload: Upload, image: Image): void {
    if (image === upload.image) return;
    upload.image = image;
    events.onImage(image);
  }

  async function send(upload: Upload, file: File): Promise<Image> {
    const { signal } = upload.stop;
    const onProgress = ({ phase, fraction, sentBytes, wait, image }: UploadProgress) => {
      if (signal.aborted) return;
      const isArrival = isSent(phase) && !isSent(upload.phase);
      Object.assign(upload, { phase, fraction, sentBytes, wait });
      if (isArrival) void memory.keep([upload], 'sent').then(() => memory.dropFile(upload.id));
      if (image) showImage(upload, image);
      events.onChange();
    };
    const onBegun = (begun: BegunUpload) => {
      upload.begun = begun;
      return memory.keep([upload], 'unsent');
    };
    const resume = (request: UploadRequest) => {
      upload.begun = finding.find(upload, request);
      return upload.begun;
    };
    return darkroom.upload(file, { signal, onProgress, onBegun, resume });
  }

  /** Of a file that this page does not have: it was sent, or it is not known whether it was. */
  async function follow(upload: Upload, { imageId }: BegunUpload): Promise<Image | undefined> {
    const onWait = (wait: Upload['wait']) => {
      upload.wait = wait;
      events.onChange();
    };
    for await (const image of darkroom.watch(imageId, { signal: upload.stop.signal, onWait })) {
      if (image.status === 'awaiting-upload') continue;
      // It came too late to be kept, or never.
      if (image.status === 'expired') break;
      Object.assign(upload, { phase: 'developing', fraction: 0.8 });
      showImage(upload, image);
      events.onChange();
      if (image.status === 'ready') return image;
      if (image.failure) throw new ImageError(image);
    }
    Object.assign(upload, { phase: 'waiting', fraction: 0, begun: undefined });
    await memory.keep([upload], 'unsent');
    return undefined;
  }

  async function reprocess(upload: Upload, { imageId }: Image): Promise<Image> {
    const { signal } = upload.stop;
    Object.assign(upload, { phase: 'developing', fraction: 0.8 });
    showImage(upload, await darkroom.images.reprocess(imageId, { signal }));
    for await (const image of darkroom.watch(imageId, { signal })) showImage(upload, image);
    if (upload.image?.status !== 'ready') throw new ImageError(upload.image as Image);
    return upload.image;
  }

  async function run(upload: Upload): Promise<void> {
    const { file, begun, image, phase, stop } = upload;
    try {
      let ready: Image | undefined;
      if (image?.status === 'failed') ready = await reprocess(upload, image);
      else if (file && !isSent(phase)) ready = await send(upload, file);
      else if (begun) ready = await follow(upload, begun);
      if (ready === undefined) return await again(upload);
      Object.assign(upload, { phase: 'ready', fraction: 1, wait: undefined, file: undefined });
      finding.onReady(upload);
      events.onReady(ready);
      await memory.keep([upload], 'ready');
    } catch (error) {
      if (stop.signal.aborted) return;
      if (file === undefined && error instanceof ApiError && error.status === 404) {
        lose(upload);
        return await again(upload);
      }
      if (error instanceof ImageError) showImage(upload, error.image);
      fail(upload, failureOf(error));
    } finally {
      events.onChange();
    }
  }

  /** With the file, where it was chosen again meanwhile. */
  async function again(upload: Upload): Promise<void> {
    if (upload.file) await run(upload);
  }

  /** Its image was deleted while nobody looked. */
  function lose(upload: Upload): void {
    Object.assign(upload, { phase: 'waiting', fraction: 0, begun: undefined });
  }

  function fail(upload: Upload, failure: Failure): void {
    Object.assign(upload, { failure, wait: undefined });
    events.onFailed(upload, failure);
    void memory.forget([upload.id]);
  }

  async function abandon(id: string, begun: BegunUpload | undefined): Promise<void> {
    if (begun) await darkroom.images.delete(begun.imageId).catch(() => {});
    await memory.forget([id]);
  }

  return {
    ...{ fail, abandon },
    start: (upload) => void run(upload),
    cancel: async (upload) => {
      await memory.keep([upload], 'canceled');
      await abandon(upload.id, upload.begun);
    },
  };
}
