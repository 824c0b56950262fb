// A thousand random histories of one image that its owner deletes: uploads and late uploads, workers that race, fail and die,
// messages that come twice or end in a DLQ, calls that take effect and are never answered. In the end nothing of it is stored.

import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { expect, it } from 'vitest';
import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { type Task, tasks } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import {
  createMemoryImageEvents,
  createMemoryQueue,
  createMemoryUploadsTopic,
} from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';

const ownerId = 'own-1';
const begin = Date.parse('2026-11-02T09:00:00.000Z');
const urlMilliseconds = 15 * 60_000;
const leaseMilliseconds = 60_000;
const maxReceiveCount = 5;

/** What goes wrong at one call, counted over all that are made. */
interface Fault {
  readonly at: number;
  readonly kind: 'fails' | 'dies before it' | 'dies after it';
}

const faults = fc.array(
  fc.record<Fault>({
    at: fc.nat(60),
    kind: fc.constantFrom('fails', 'dies before it', 'dies after it'),
  }),
  { maxLength: 8 },
);

interface History {
  readonly uploads: number;
  readonly deletions: number;
  readonly copies: number;
  readonly faults: readonly Fault[];
}

const history = fc.record<History>({
  uploads: fc.integer({ min: 0, max: 3 }),
  deletions: fc.integer({ min: 1, max: 2 }),
  copies: fc.integer({ min: 1, max: 2 }),
  faults,
});

it('leaves nothing of a deleted image, whatever happens meanwhile, and tells of it once', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), history, async (scheduler, how) => {
      const world = createWorld(scheduler, how);
      await world.image();
      const actors = [
        ...Array.from({ length: how.uploads }, () => world.upload()),
        ...Array.from({ length: how.deletions }, () => world.deleteImage()),
      ];
      await scheduler.waitFor(Promise.all(actors).then(world.allDelivered));

      await world.reconcileUntilQuiet();

      const { record, originals, renditions, told } = await world.end();
      expect(record && statusOf(record)).toBe('deleted');
      expect(record).not.toHaveProperty('overdueAt');
      expect({ originals, renditions }).toEqual({ originals: undefined, renditions: [] });
      expect(told.filter(({ type }) => type === 'image.deleted').length).toBeGreaterThan(0);
      expect(
        new Set(told.filter(({ type }) => type === 'image.deleted').map(({ eventId }) => eventId)).size,
      ).toBe(1);
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

/** What a port needs of an attempt: every call takes its turn, and may be its last. */
type Calling = <Port extends object>(port: Port) => Port;

function createWorld(scheduler: fc.Scheduler, { copies, faults: planned }: History) {
  const imageId = uuidv7();
  const key = originalKey(imageId);
  let time = begin;
  const clock = () => new Date(time);
  const images = createMemoryImages(clock);
  const ledger = createMemoryLedger(clock);
  const store = createMemoryOriginals('originals');
  const renditions = createMemoryRenditions();
  const imageEvents = createMemoryImageEvents();
  const queue = createMemoryQueue();
  const deliveries: Promise<void>[] = [];
  const running = new Set<{ readonly endsAt: number; readonly end: () => void }>();
  let calls = 0;
  let sequence = 0;

  /** What S3 does beside: each change of the object has an event, which comes to every worker, maybe twice. */
  const originals = {
    ...store,
    async delete(of: string) {
      const wasThere = (await store.find(of)) !== undefined;
      await store.delete(of);
      if (wasThere) notify({ kind: 'removed' });
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
  async function attempt<Result>(run: (calling: Calling) => Promise<Result>): Promise<Result | 'died'> {
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

    async function call<Answer>(take: () => Promise<Answer>): Promise<Answer> {
      await scheduler.schedule(Promise.resolve());
      if (isDead) return never;
      const fault = planned.find(({ at }) => at === calls)?.kind;
      calls += 1;
      if (fault === 'fails') throw new Error('out of reach');
      if (fault === undefined) return take();
      if (fault === 'dies after it') await take();
      end();
      return never;
    }
    const calling: Calling = (port) =>
      new Proxy(port, {
        get(target, name) {
          const method = Reflect.get(target, name) as unknown;
          if (typeof method !== 'function') return method;
          return (...given: unknown[]) => call(async () => Reflect.apply(method, target, given));
        },
      });
    return Promise.race([run(calling), death]).finally(() => running.delete(one));
  }

  /** One message: received again until it is acknowledged, or in the DLQ. */
  async function deliver(task: Task, event: OriginalEvent, messageId: string): Promise<void> {
    for (let receiveCount = 1; receiveCount <= maxReceiveCount; receiveCount += 1) {
      const leaseUntil = time + leaseMilliseconds;
      const delivery = {
        ...{
          attemptId: `${messageId}-${receiveCount}`,
          messageId,
          receiveCount,
          body: '',
          isRedriven: false,
        },
        ...{ leaseUntil, retriesEndAt: leaseUntil, isLastReceive: receiveCount === maxReceiveCount },
      };
      const ended = await attempt((calling) => workerOf(task, calling)(event, delivery)).catch(
        () => 'failed' as const,
      );
      if (typeof ended === 'object' && ended.kind === 'acknowledge') return;
      pass(leaseMilliseconds + 1);
    }
  }

  function workerOf(task: Task, calling: Calling) {
    const shared = {
      table: calling(images.table),
      ledger: calling(ledger),
      imageEvents: calling(imageEvents),
      queue: calling(queue),
      clock,
    };
    const [reading, storing] = [calling(originals), calling(renditions)];
    const objects = createRenditionObjects(storing, reading, variants);
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
    return createProcessor({ ...shared, definition });
  }

  function deletionOf(calling: Calling) {
    return {
      ...{
        table: calling(images.table),
        ledger: calling(ledger),
        removals: calling(images.owners),
        imageEvents: calling(imageEvents),
      },
      ...{ objects: createRenditionObjects(calling(renditions), calling(originals), variants), clock },
    };
  }

  return {
    async image() {
      const at = clock().toISOString();
      const expiresAt = new Date(begin + urlMilliseconds).toISOString();
      const upload = { expiresAt };
      await images.table.create({
        imageId,
        ownerId,
        createdAt: at,
        updatedAt: at,
        upload,
        charge: { bytes: 5 },
      });
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
        const answer = await attempt((calling) => deleteImage(deletionOf(calling), ownerId, imageId)).catch(
          () => 'failed',
        );
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
      const none: Calling = (port) => port;
      const { table, overdue } = images;
      for (let run = 0; run < 4; run += 1) {
        pass(60 * 60_000);
        const uploads = createMemoryUploadsTopic();
        const others = { table, overdue, originals: store, uploads, maxImages: 10 };
        await reconcile({ ...deletionOf(none), ...others });
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
