// A thousand random histories of an owner at the limit: uploads, rejections, failures, expiry, deletions, redrives and
// reprocessing, each cut short at any call. No quota is ever exceeded, and in the end the ledger says what is there.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import { reprocessImage } from '../../../shared/api/images/reprocess-image.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import type { OriginalCreated, OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { QuotaLimits } from '../../../shared/domain/quota.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { type Task, tasks } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../../support/memory/messages.ts';
import { createMemoryLedger } from '../../support/memory/owner-ledger.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';

const limits: QuotaLimits = { openUploads: 3, images: 4, bytes: 40, rejectedPerHour: 5 };
const ownerId = 'own-1';
const minute = 60_000;
const urlMinutes = 15;

/** How an image ends when a worker is done with it. */
const endings = ['ready', 'ready', 'rejected', 'failed'] as const;
type Ending = (typeof endings)[number];

const stepKinds = [
  ...(['request', 'request', 'upload', 'upload', 'deliver', 'deliver', 'deliver', 'deliver'] as const),
  ...(['delete', 'reprocess', 'removal', 'reconcile', 'pass'] as const),
];
type StepKind = (typeof stepKinds)[number] | 'redrive';

interface Step {
  readonly kind: StepKind;
  /** Which of those that it can be done to. */
  readonly which: number;
  readonly ending: Ending;
  /** The call at which the process dies, and whether the call has taken effect by then. */
  readonly death: { readonly at: number; readonly isAfter: boolean } | undefined;
}

const stepOf = (kinds: readonly StepKind[]) =>
  fc.record<Step>({
    kind: fc.constantFrom(...kinds),
    which: fc.nat(5),
    ending: fc.constantFrom(...endings),
    death: fc.option(fc.record({ at: fc.nat(12), isAfter: fc.boolean() }), { nil: undefined }),
  });

it('never exceeds a quota, and never leaks any', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(stepKinds), { minLength: 1, maxLength: 40 }), async (steps) => {
      const world = createWorld();
      for (const step of steps) {
        await world.take(step);
        expect(within(limits, await world.there())).toBe(true);
      }
      await world.settle();
      expect(await world.ledger()).toEqual(await world.there());
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

it('never leaks any when an operator sends back what was rejected, which may exceed it', {
  timeout: 120_000,
}, async () => {
  const kinds = [...stepKinds, 'redrive', 'redrive'] as const;
  await fc.assert(
    fc.asyncProperty(fc.array(stepOf(kinds), { minLength: 1, maxLength: 40 }), async (steps) => {
      const world = createWorld();
      for (const step of steps) await world.take(step);
      await world.settle();
      expect(await world.ledger()).toEqual(await world.there());
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

interface Counted {
  readonly images: number;
  readonly bytes: number;
  readonly open: readonly string[];
  readonly moving: readonly string[];
}

function within({ openUploads, images, bytes }: QuotaLimits, counted: Counted): boolean {
  return counted.open.length <= openUploads && counted.images <= images && counted.bytes <= bytes;
}

class Death extends Error {}

interface Message {
  readonly task: Task;
  readonly event: OriginalEvent;
  readonly ending: Ending;
  readonly messageId: string;
  readonly isRedriven: boolean;
  receiveCount: number;
}

interface Issued {
  readonly imageId: string;
  readonly bytes: number;
  readonly expiresAt: number;
}

function createWorld() {
  let time = Date.parse('2026-11-02T09:00:00.000Z');
  let sequence = 0;
  const clock = () => new Date(time);
  const images = createMemoryImages(clock);
  const ledger = createMemoryLedger(clock);
  const store = createMemoryOriginals('originals');
  const renditions = createMemoryRenditions();
  const imageEvents = createMemoryImageEvents();
  const queue = createMemoryQueue();
  /** What the client was answered. */
  const issued: Issued[] = [];
  let messages: Message[] = [];

  /** Ports whose process dies at a call. */
  function mortal(death: Step['death']): <Port extends object>(port: Port) => Port {
    let calls = 0;
    let isDead = false;
    return (port) =>
      new Proxy(port, {
        get(target, name) {
          const method = Reflect.get(target, name) as unknown;
          if (typeof method !== 'function') return method;
          return async (...given: unknown[]) => {
            if (isDead) throw new Death();
            isDead = death?.at === calls;
            calls += 1;
            if (isDead && !death?.isAfter) throw new Death();
            const answer: unknown = await method.apply(target, given);
            if (isDead) throw new Death();
            return answer;
          };
        },
      });
  }

  function publish(event: OriginalEvent, ending: Ending, isRedriven = false): void {
    for (const task of tasks) {
      sequence += 1;
      messages.push({ task, event, ending, isRedriven, messageId: `message-${sequence}`, receiveCount: 0 });
    }
  }

  function createdOf(imageId: string, eTag: string, bytes: number, sequencer: string): OriginalCreated {
    return {
      kind: 'created',
      imageId,
      bucket: 'originals',
      key: originalKey(imageId),
      eTag,
      bytes,
      sequencer,
    };
  }

  const nextSequencer = () => {
    sequence += 1;
    return normalizeSequencer(sequence.toString(16).padStart(8, '0'));
  };

  function dependenciesOf(alive: ReturnType<typeof mortal>) {
    const table = alive(images.table);
    return {
      ...{ table, ledger: alive(ledger), imageEvents: alive(imageEvents), clock },
      objects: createRenditionObjects(alive(renditions), alive(store), variants),
    };
  }

  async function request(alive: ReturnType<typeof mortal>, which: number): Promise<void> {
    const bytes = 5 + which * 3;
    const expiresAt = time + urlMinutes * minute;
    const { table, ledger: mine } = dependenciesOf(alive);
    const sign = async () => ({
      ...{ method: 'PUT' as const, url: '', headers: {} },
      expiresAt: new Date(expiresAt).toISOString(),
    });
    const dependencies = { table, ledger: mine, limits, sign, maxBytes: 1000 };
    const { body } = await createUpload(dependencies, ownerId, {
      ...{ contentType: 'image/jpeg', contentLength: bytes },
    });
    issued.push({ imageId: (body as { imageId: string }).imageId, bytes, expiresAt });
  }

  async function upload({ imageId, bytes, expiresAt }: Issued, ending: Ending): Promise<void> {
    if (time > expiresAt || (await store.find(imageId)) !== undefined) return;
    const eTag = await store.put(originalKey(imageId), Buffer.alloc(bytes, imageId));
    publish(createdOf(imageId, eTag, bytes, nextSequencer()), ending);
  }

  async function deliver(alive: ReturnType<typeof mortal>, message: Message): Promise<void> {
    message.receiveCount += 1;
    const { table, ledger: mine, imageEvents: events, objects } = dependenciesOf(alive);
    const { task, event, ending, receiveCount, messageId, isRedriven } = message;
    const definition: TaskDefinition = {
      ...{ task, revision: '1' },
      async perform() {
        if (task === 'renditions' && ending === 'rejected') throw new PermanentFailure('corrupt-image', 'so');
        if (task === 'renditions' && ending === 'failed') throw new TransientFailure('internal', 'so');
        return {};
      },
      ...(task === 'renditions' && { objects }),
    };
    const process = createProcessor({
      ...{ definition, table, ledger: mine, imageEvents: events, queue: alive(queue), clock },
    });
    sequence += 1;
    const isLastReceive = receiveCount >= 5;
    const times = { leaseUntil: time + minute, retriesEndAt: time + 30 * minute };
    const attempt = { attemptId: `attempt-${sequence}`, messageId, receiveCount, isRedriven, ...times };
    const { kind } = await process(event, { ...attempt, isLastReceive, body: '' });
    if (kind === 'acknowledge') messages = messages.filter((one) => one !== message);
  }

  async function reconciled(alive: ReturnType<typeof mortal>): Promise<void> {
    const uploads = alive({
      async republish({ key, eTag, bytes }: { key: string; eTag: string; bytes: number }, sequencer: string) {
        const imageId = key.replace('originals/', '');
        publish(createdOf(imageId, eTag, bytes, normalizeSequencer(sequencer)), 'ready');
      },
    });
    const others = { overdue: alive(images.overdue), originals: alive(store), uploads, maxImages: 100 };
    await reconcile({ ...dependenciesOf(alive), ...others });
  }

  async function reprocess(alive: ReturnType<typeof mortal>, { imageId }: Issued): Promise<void> {
    await reprocessImage(
      {
        ...{ ...dependenciesOf(alive), limits, restarts: alive(images.owners) },
        revisions: { renditions: '1', metadata: '1' },
        republish: async ({ eTag, bytes }, sequencer) =>
          publish(createdOf(imageId, eTag, bytes, sequencer), 'ready'),
      },
      ownerId,
      imageId,
    );
  }

  async function redrive({ imageId }: Issued): Promise<void> {
    const record = await images.table.get(imageId);
    const original = record?.original;
    if (record === undefined || original === undefined || statusOf(record) !== 'rejected') return;
    publish(createdOf(imageId, original.eTag, original.bytes, record.sequencer ?? ''), 'ready', true);
  }

  async function remove({ imageId }: Issued): Promise<void> {
    if ((await store.find(imageId)) === undefined) return;
    await store.delete(imageId);
    const key = originalKey(imageId);
    publish({ kind: 'removed', imageId, bucket: 'originals', key, sequencer: nextSequencer() }, 'ready');
  }

  async function attempt({ kind, which, ending, death }: Step): Promise<void> {
    const alive = mortal(death);
    const image = issued[which % Math.max(1, issued.length)];
    const message = messages[which % Math.max(1, messages.length)];
    if (kind === 'request') return request(alive, which);
    if (kind === 'reconcile') return reconciled(alive);
    if (kind === 'pass') time += 10 * minute;
    if (kind === 'deliver' && message) return deliver(alive, message);
    if (image === undefined) return;
    if (kind === 'upload') return upload(image, ending);
    if (kind === 'delete')
      await deleteImage({ ...dependenciesOf(alive), removals: alive(images.owners) }, ownerId, image.imageId);
    if (kind === 'reprocess') return reprocess(alive, image);
    if (kind === 'removal') return remove(image);
    if (kind === 'redrive') return redrive(image);
  }

  return {
    async take(step: Step): Promise<void> {
      time += 1000;
      await attempt(step).catch((thrown: unknown) => {
        const isForeseen =
          thrown instanceof Death || thrown instanceof Problem || thrown instanceof TransientFailure;
        if (!isForeseen) throw thrown;
      });
      messages = messages.filter(({ receiveCount }) => receiveCount < 5);
    },

    /** Nothing goes wrong any more: messages come until there are none, and the schedule goes on. */
    async settle(): Promise<void> {
      const none = mortal(undefined);
      for (let round = 0; round < 40; round += 1) {
        for (const message of [...messages]) await deliver(none, message);
        messages = messages.filter(({ receiveCount }) => receiveCount < 5);
        time += 10 * minute;
        await reconciled(none);
      }
    },

    async ledger(): Promise<Counted> {
      const {
        images: count,
        bytes,
        open,
        moving,
      } = (await ledger.read(ownerId)) ?? {
        ...{ images: 0, bytes: 0, open: {}, moving: {} },
      };
      return { images: count, bytes, open: Object.keys(open).sort(), moving: Object.keys(moving).sort() };
    },

    /** What really is there, of what URLs were issued for: a URL that nobody was answered counts for nothing yet. */
    async there(): Promise<Counted> {
      const known = await Promise.all(
        issued.map(async (one) => ({ ...one, record: await images.table.get(one.imageId) })),
      );
      const counting = known.filter(({ record }) => record !== undefined && isCounting(record));
      const open = counting.filter(({ record }) => record !== undefined && !isEnded(record));
      return {
        images: counting.length,
        bytes: counting.reduce((sum, { bytes }) => sum + bytes, 0),
        open: open.map(({ imageId }) => imageId).sort(),
        moving: [],
      };
    },
  };
}

function isCounting(record: ImageRecord): boolean {
  return ['awaiting-upload', 'processing', 'ready', 'failed'].includes(statusOf(record));
}

function isEnded(record: ImageRecord): boolean {
  return ['ready', 'failed'].includes(statusOf(record));
}
