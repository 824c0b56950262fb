// A thousand random histories of creates, overwrites, removals, duplicates and disorder: whatever the arrival, the end is
// that of the newest event, and nothing is announced that never was. The table is real; work and storage are counted.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImageTable } from '../../shared/aws/image-table.ts';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import type { OriginalEvent } from '../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../shared/domain/events/sequencer.ts';
import { renditionKey } from '../../shared/domain/object-keys.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { type Task, tasks } from '../../shared/domain/tasks.ts';
import { variants } from '../../shared/domain/variants.ts';
import type { ImageTable } from '../../shared/processing/ports.ts';
import { createProcessor, type Processor } from '../../shared/processing/process-event.ts';
import type { TaskDefinition } from '../../shared/processing/task-definition.ts';
import { createMemoryImageEvents, createMemoryQueue } from '../support/memory/messages.ts';
import { createMemoryLedger } from '../support/memory/owner-ledger.ts';
import { type Dynalite, startDynalite, tableName } from './support/dynalite.ts';

let dynalite: Dynalite;
let table: ImageTable;

beforeAll(async () => {
  dynalite = await startDynalite();
  table = createImageTable(dynalite.client, tableName);
});
afterAll(() => dynalite.close());

const [variant] = variants;
const imageCount = 20;

/** What a client does to one image; every action has a later sequencer than the one before. */
interface ClientAction {
  readonly image: number;
  readonly kind: 'created' | 'removed';
}

/** One arrival of one event at one worker: duplicates arrive more than once, and in any order. */
interface Arrival {
  readonly action: number;
  readonly task: Task;
}

const history = fc
  .array(
    fc.record<ClientAction>({
      image: fc.oneof(fc.constantFrom(0, 1), fc.nat(imageCount - 1)),
      kind: fc.constantFrom('created', 'created', 'removed'),
    }),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .chain((clientActions) => {
    const once = clientActions.flatMap((_, action) => tasks.map((task): Arrival => ({ action, task })));
    const repeated = fc.subarray(once).map((duplicates) => [...once, ...duplicates]);
    const shuffled = repeated.chain((arrivals) =>
      fc.shuffledSubarray(arrivals, { minLength: arrivals.length }),
    );
    return fc.record({ clientActions: fc.constant(clientActions), arrivals: shuffled });
  });

let run = 0;

it('ends every history as its newest event says, and announces no state that never was', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ clientActions, arrivals }) => {
      const events = clientActions.map((action, index) => eventOf(action, index, `run-${run}-`));
      run += 1;
      const world = createWorld();
      for (const [index, { action, task }] of arrivals.entries()) {
        const event = events[action];
        if (event) await world.process[task](event, deliveryOf(index));
      }
      for (const imageId of new Set(events.map((event) => event.imageId))) {
        const own = events.filter((event) => event.imageId === imageId);
        const newest = own.at(-1);
        const record = await table.get(imageId);
        expect(record?.sequencer).toBe(newest?.sequencer);
        expect(record && statusOf(record)).toBe(newest?.kind === 'created' ? 'ready' : 'deleted');
        expect([...world.objects].filter((key) => key.includes(`/${imageId}/`))).toEqual(
          newest?.kind === 'created' ? [keyOf(newest)] : [],
        );
        expect(record?.overdueAt).toBeUndefined();
        assertAnnouncements(
          world.announcements.filter((event) => event.imageId === imageId),
          own,
        );
      }
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

function assertAnnouncements(announcements: readonly ImageEvent[], events: readonly OriginalEvent[]): void {
  const last = events.at(-1)?.kind === 'created' ? 'image.ready' : 'image.deleted';
  expect(announcements.at(-1)?.type).toBe(last);
  expect(new Set(announcements.map(({ eventId }) => eventId)).size).toBe(announcements.length);
  const count = (type: string) => announcements.filter((event) => event.type === type).length;
  expect(count('image.ready')).toBeLessThanOrEqual(events.filter(({ kind }) => kind === 'created').length);
  expect(count('image.deleted')).toBeLessThanOrEqual(events.filter(({ kind }) => kind === 'removed').length);
  expect(count('image.ready') + count('image.deleted')).toBe(announcements.length);
}

function createWorld() {
  const objects = new Set<string>();
  const imageEvents = createMemoryImageEvents();
  const queue = createMemoryQueue();
  const ledger = createMemoryLedger();
  const renditions: TaskDefinition = {
    ...{ task: 'renditions', revision: '1' },
    async perform(event) {
      objects.add(keyOf(event));
      const rendition = { variant: variant.name, format: 'webp', contentType: 'image/webp' } as const;
      return {
        renditions: [{ ...rendition, width: 1, height: 1, frames: 1, bytes: 1, key: keyOf(event) }],
      };
    },
    objects: {
      deleteOriginal: async () => {},
      deleteUnissued: async () => {},
      async discard(unit) {
        objects.delete(keyOf(unit));
      },
      async delete(keys) {
        for (const key of keys) objects.delete(key);
      },
      forget: async () => {},
    },
  };
  const definitionOf = (task: Task): TaskDefinition =>
    task === 'renditions' ? renditions : { task, revision: '1', perform: async () => ({}) };
  const processors = tasks.map((task) => {
    const definition = definitionOf(task);
    return [task, createProcessor({ definition, table, ledger, queue, imageEvents })] as const;
  });
  const process = Object.fromEntries(processors) as Record<Task, Processor>;
  return { objects, announcements: imageEvents.published, process };
}

function keyOf({ imageId, sequencer }: { imageId: string; sequencer: string }): string {
  return renditionKey(imageId, sequencer, variant, 'webp');
}

function eventOf({ image, kind }: ClientAction, index: number, prefix: string): OriginalEvent {
  const imageId = `${prefix}${image}`;
  const common = {
    imageId,
    bucket: 'originals',
    key: `originals/${imageId}`,
    sequencer: normalizeSequencer((0x100 + index).toString(16)),
  };
  return kind === 'created' ? { kind, ...common, eTag: `${index}`, bytes: 1 } : { kind, ...common };
}

function deliveryOf(index: number) {
  const later = Date.now() + 60_000;
  const times = { leaseUntil: later, retriesEndAt: later };
  return {
    ...{ attemptId: `attempt-${index}`, messageId: `message-${index}`, receiveCount: 1, ...times },
    ...{ isRedriven: false, isLastReceive: false, body: '' },
  };
}
