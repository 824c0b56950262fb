// One image that its owner deletes, on a stage in memory: uploads, deletions and workers that run at once, in an order that a
// scheduler decides, and fail or die where a history says so.

import type fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { type Task, tasks } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { createMemoryUploadsTopic } from '../../support/memory/messages.ts';
import { type Intercepting, interceptingCalls, uninterrupted } from './intercepted-ports.ts';
import { createMemoryStage } from './memory-stage.ts';
import { delivery } from './worker-world.ts';

const ownerId = 'own-1';
const begin = Date.parse('2026-11-02T09:00:00.000Z');
const urlMilliseconds = 15 * 60_000;
const leaseMilliseconds = 60_000;
const maxReceiveCount = 5;

/** What goes wrong at one call, counted over all that are made. */
export interface Fault {
  readonly at: number;
  readonly kind: 'fails' | 'dies before it' | 'dies after it';
}

export interface DeletionWorldOptions {
  /** How often each message comes. */
  readonly copies: number;
  readonly faults: readonly Fault[];
}

export function createDeletionWorld(scheduler: fc.Scheduler, { copies, faults }: DeletionWorldOptions) {
  const imageId = uuidv7();
  const key = originalKey(imageId);
  let time = begin;
  const stage = createMemoryStage(() => new Date(time));
  const { images, originals: store, renditions, imageEvents } = stage;
  const deliveries: Promise<void>[] = [];
  const running = new Set<{ readonly endsAt: number; readonly end: () => void }>();
  let calls = 0;
  let sequence = 0;

  /** What S3 does beside: each change of the object has an event, which comes to every worker, maybe twice. */
  const originals = {
    ...store,
    // Its bucket has versions: each deletion leaves a mark and is heard of, of what is gone already too.
    async delete(of: string) {
      await store.delete(of);
      notify({ kind: 'removed' });
    },
  };

  function notify(what: { kind: 'removed' } | { kind: 'created'; eTag: string; bytes: number }): void {
    sequence += 1;
    const sequencer = normalizeSequencer(`00${sequence}`);
    const event = { imageId, bucket: 'originals', key, sequencer, ...what } as OriginalEvent;
    for (const task of tasks)
      for (let copy = 0; copy < copies; copy += 1)
        deliveries.push(deliver(task, event, `${sequence}-${task}-${copy}`));
  }

  /** Time passes; whoever has used up theirs is ended by Lambda. */
  function pass(milliseconds: number): void {
    time += milliseconds;
    for (const one of running) if (one.endsAt <= time) one.end();
  }

  /** Runs something that may die at any of its calls. */
  async function attempt<Result>(
    run: (intercepting: Intercepting) => Promise<Result>,
  ): Promise<Result | 'died'> {
    let end = () => {};
    let isDead = false;
    const death = new Promise<'died'>((fulfil) => {
      end = () => {
        isDead = true;
        fulfil('died');
      };
    });
    const never = new Promise<never>(() => {});
    const one = { endsAt: time + leaseMilliseconds, end };
    running.add(one);

    const intercepting = interceptingCalls(async (makeCall) => {
      await scheduler.schedule(Promise.resolve());
      if (isDead) return never;
      const fault = faults.find(({ at }) => at === calls)?.kind;
      calls += 1;
      if (fault === 'fails') throw new Error('out of reach');
      if (fault === undefined) return makeCall();
      if (fault === 'dies after it') await makeCall();
      end();
      return never;
    });
    return Promise.race([run(intercepting), death]).finally(() => running.delete(one));
  }

  /** One message: received again until it is acknowledged, or in the DLQ. */
  async function deliver(task: Task, event: OriginalEvent, messageId: string): Promise<void> {
    for (let receiveCount = 1; receiveCount <= maxReceiveCount; receiveCount += 1) {
      const leaseUntil = time + leaseMilliseconds;
      const received = delivery({ messageId, receiveCount, leaseUntil, retriesEndAt: leaseUntil });
      const ended = await attempt((intercepting) => workerOf(task, intercepting)(event, received)).catch(
        () => 'failed' as const,
      );
      if (typeof ended === 'object' && ended.kind === 'acknowledge') return;
      pass(leaseMilliseconds + 1);
    }
  }

  function workerOf(task: Task, intercepting: Intercepting) {
    const { objects, ...dependencies } = stage.dependencies(intercepting, originals);
    const [reading, storing] = [intercepting(originals), intercepting(renditions)];
    const definition: TaskDefinition = {
      ...{ task, revision: '1' },
      async perform(event) {
        if (task !== 'renditions') return {};
        await reading.fetch(event);
        const keys = renditionKeys(event.imageId, event.sequencer, variants).slice(0, 2);
        for (const stored of keys) await storing.put(stored, {} as EncodedRendition);
        const described = { variant: 'thumb', format: 'webp', contentType: 'image/webp' } as const;
        const sized = { width: 1, height: 1, frames: 1, bytes: 1 };
        return { renditions: keys.map((stored) => ({ ...described, ...sized, key: stored })) };
      },
      ...(task === 'renditions' && { objects }),
    };
    return createProcessor({ ...dependencies, definition, queue: intercepting(stage.queue) });
  }

  return {
    async image() {
      const at = new Date(begin).toISOString();
      const upload = { expiresAt: new Date(begin + urlMilliseconds).toISOString() };
      const charge = { bytes: 5 };
      await images.table.create({ imageId, ownerId, createdAt: at, updatedAt: at, upload, charge });
    },

    /** Uses the upload URL: S3 takes it while it is good, and nothing is there. */
    async upload() {
      await scheduler.schedule(Promise.resolve());
      if (time > begin + urlMilliseconds || (await store.find(imageId)) !== undefined) return;
      const body = Buffer.from(`body ${sequence}`);
      notify({ kind: 'created', eTag: await store.put(key, body), bytes: body.byteLength });
    },

    /** Asks until the answer is that the image is deleted. */
    async deleteImage() {
      for (;;) {
        const answer = await attempt((intercepting) => {
          const removals = intercepting(images.owners);
          const dependencies = { ...stage.dependencies(intercepting, originals), removals };
          return deleteImage(dependencies, ownerId, imageId);
        }).catch(() => 'failed');
        if (typeof answer === 'object') return;
      }
    },

    async allDelivered() {
      for (let known = 0; known < deliveries.length; ) {
        known = deliveries.length;
        await Promise.all(deliveries);
      }
    },

    /** The schedule goes on, and nothing goes wrong any more. */
    async reconcileUntilQuiet() {
      const dependencies = stage.dependencies(uninterrupted, originals);
      for (let run = 0; run < 4; run += 1) {
        pass(60 * 60_000);
        const uploads = createMemoryUploadsTopic();
        const others = { overdue: images.overdue, originals: store, uploads, maxImages: 10 };
        await reconcile({ ...dependencies, ...others });
      }
    },

    async end() {
      return {
        record: await images.table.get(imageId),
        originals: await store.find(imageId),
        renditions: [...renditions.objects.keys()],
        told: imageEvents.published,
      };
    },
  };
}
