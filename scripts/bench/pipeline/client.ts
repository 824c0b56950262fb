// The benchmark's side of the pipeline: uploads originals, and hears when each is ready.

import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { v7 as newImageId } from 'uuid';
import type { ImageEvent } from '../../../shared/domain/events/image-event.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import { subscribeToImageEvents } from '../../client/image-events.ts';
import { connect } from '../../operations/connection.ts';
import { startChild } from '../child-program.ts';
import { processCpuMs } from '../measure/cpu.ts';
import type { CloudReady } from './cloud-process.ts';

interface Upload {
  /** `performance.now()` when S3 had answered the upload. */
  readonly uploadedAt: number;
  /** Fulfilled with `performance.now()` when the image event arrives; rejected unless the image is ready. */
  readonly ready: Promise<number>;
}

export interface PipelineClient {
  upload(original: Buffer): Promise<Upload>;
  /** CPU milliseconds so far of both workers' instances, imaging processes included. */
  functionsCpuMs(): number;
  close(): Promise<void>;
}

/** Starts the cloud and the workers, each in a process of its own, on free ports and in a folder of their own. */
export async function startPipeline(): Promise<PipelineClient> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-pipeline-'));
  const cloud = startChild(new URL('./cloud-process.ts', import.meta.url), [folder.path]);
  const ready = (await cloud.answer()) as CloudReady;
  const { endpoint, region, originalsBucket, imageEventsTopic } = ready;
  const { clients } = connect({ endpoint, region, dataDir: join(folder.path, 'data') });
  const imageEvents = await subscribeToImageEvents(clients, imageEventsTopic);
  const waiting = new Map<string, (event: ImageEvent) => void>();
  let isStopped = false;
  const listening = listen();

  async function listen(): Promise<void> {
    for await (const events of imageEvents.batches(1)) {
      for (const event of events) {
        waiting.get(event.imageId)?.(event);
        waiting.delete(event.imageId);
      }
      if (isStopped) return;
    }
  }

  return {
    async upload(original) {
      const imageId = newImageId();
      const ready = new Promise<number>((resolve, reject) => {
        waiting.set(imageId, ({ type }) => {
          if (type === 'image.ready') resolve(performance.now());
          else reject(new Error(`${imageId} ended as ${type}`));
        });
      });
      const Key = originalKey(imageId);
      await clients.s3.send(
        new PutObjectCommand({ Bucket: originalsBucket, Key, Body: original, ContentType: 'image/jpeg' }),
      );
      return { uploadedAt: performance.now(), ready };
    },
    functionsCpuMs: () => ready.pids.reduce((sum, pid) => sum + processCpuMs(pid), 0),
    async close() {
      isStopped = true;
      await listening;
      for (const client of Object.values(clients)) client.destroy();
      await cloud.close();
      await folder.remove();
    },
  };
}
