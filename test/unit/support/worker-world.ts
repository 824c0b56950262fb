// One worker with everything it needs in memory, and the deliveries it gets.

import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import type { OriginalCreated, OriginalRemoved } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { type Status, statusOf } from '../../../shared/domain/status.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { otherTasks, type Task, type TaskRecord } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import {
  createProcessor,
  type Delivery,
  type ProcessorDependencies,
} from '../../../shared/processing/process-event.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import { ready, sequencer } from '../../support/image-records.ts';
import { createMemoryStage } from './memory-stage.ts';

export const now = new Date('2026-11-02T09:00:00.000Z');
/** Of an upload. */
export const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
/** Of an object that nobody issued an upload URL for. */
export const derivedId = `obj-${'0'.repeat(32)}`;
export const older = normalizeSequencer('0055');
export const newer = normalizeSequencer('0056');
export const newest = normalizeSequencer('0057');

export const created = (changes: Partial<OriginalCreated> = {}): OriginalCreated => ({
  ...{
    kind: 'created',
    imageId,
    bucket: 'originals',
    key: originalKey(imageId),
    sequencer,
    eTag: 'e',
    bytes: 5,
  },
  ...changes,
});

export const removedAt = (at: string, of: string = imageId): OriginalRemoved => ({
  ...{ kind: 'removed', imageId: of, bucket: 'originals', key: originalKey(imageId), sequencer: at },
});

let attempts = 0;

/** The first receive of a message that is its worker's alone; what is given comes on top. */
export function delivery(changes: Partial<Delivery> = {}): Delivery {
  attempts += 1;
  const { receiveCount = 1 } = changes;
  return {
    ...{ attemptId: `attempt-${attempts}`, messageId: `message-${attempts}`, body: 'the body', receiveCount },
    ...{ leaseUntil: now.getTime() + 60_000, retriesEndAt: now.getTime() + 600_000, isRedriven: false },
    isLastReceive: receiveCount >= 5,
    ...changes,
  };
}

/** The renditions that a unit leaves: one, of the first variant. */
export function renditionsOf(event: {
  readonly imageId: string;
  readonly sequencer: string;
}): StoredRendition[] {
  const [key = ''] = renditionKeys(event.imageId, event.sequencer, variants);
  return [
    {
      ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 160, height: 120, frames: 1 },
      ...{ bytes: 2048, key },
    },
  ];
}

export const corrupt = new PermanentFailure('corrupt-image', 'premature end');
export const outage = new TransientFailure('dependency-unavailable', 'S3 GetObject: SlowDown');
/** A task that ends so. */
export const failing = (error: unknown) => () => Promise.reject(error);

export type World = ReturnType<typeof createWorld>;

export function createWorld(changes: Partial<ProcessorDependencies> = {}) {
  const { images, ledger, queue, imageEvents, renditions: store, originals } = createMemoryStage(() => now);
  const deleted: string[] = [];
  const watchedStore = {
    delete(keys: readonly string[]) {
      deleted.push(...keys);
      return store.delete(keys);
    },
  };
  const measured: [string, number][] = [];
  const performed: Task[] = [];
  const results: Partial<Record<Task, TaskDefinition['perform']>> = {
    renditions: async (event) => ({ renditions: renditionsOf(event) }),
  };
  const definitionOf = (task: Task, revision = '1'): TaskDefinition => ({
    ...{ task, revision },
    async perform(...order) {
      performed.push(task);
      return results[task]?.(...order) ?? {};
    },
    ...(task === 'renditions' && { objects: createRenditionObjects(watchedStore, originals, variants) }),
  });
  const workerOf = (task: Task, revision?: string, without: Partial<ProcessorDependencies> = {}) =>
    createProcessor({
      ...{ definition: definitionOf(task, revision), table: images.table, ledger, queue, imageEvents },
      measure: (metric, value) => measured.push([metric, value]),
      clock: () => now,
      ...changes,
      ...without,
    });
  return {
    ...{ images, ledger, queue, imageEvents, store, originals, measured, performed, results, workerOf },
    renditions: workerOf('renditions'),
    metadata: workerOf('metadata'),
    /** Every worker but that of renditions, one after the other. */
    async others(event: OriginalCreated): Promise<void> {
      for (const task of otherTasks('renditions')) await workerOf(task)(event, delivery());
    },
    /** The image as another attempt left it, every other task done. */
    async left(task: Partial<TaskRecord>, changes: Partial<ImageRecord> = {}): Promise<ImageRecord> {
      const record = ready({
        ...{ imageId, updatedAt: now.toISOString(), sequencer },
        renditionsTask: {
          ...{ state: 'done', sequencer, revision: '1', attemptId: 'other', messageId: 'message' },
          ...{ receiveCount: 1, leaseUntil: now.getTime() + 30_000 },
          ...task,
        },
        ...changes,
      });
      await images.put(record);
      return record;
    },
    record: (of: string = imageId) => images.table.get(of),
    async status(): Promise<Status | undefined> {
      const record = await images.table.get(imageId);
      return record && statusOf(record);
    },
    announcements: () => imageEvents.published.map(({ type }) => type),
    keep: (...keys: readonly string[]) =>
      Promise.all(keys.map((key) => store.put(key, {} as EncodedRendition))),
    kept: () => [...store.objects.keys()],
    /** Keys of renditions whose deletion was asked for, there or not. */
    deleted,
  };
}
