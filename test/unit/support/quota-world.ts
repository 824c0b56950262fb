// One owner's uploads, step by step, on a stage in memory: what clients, S3, workers, the reconciler and operators do, each cut
// short at any call.

import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import { reprocessImage } from '../../../shared/api/images/reprocess-image.ts';
import { Problem } from '../../../shared/api/problem.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import { PermanentFailure, TransientFailure } from '../../../shared/domain/errors.ts';
import type { OriginalEvent } from '../../../shared/domain/events/s3-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import type { QuotaLimits } from '../../../shared/domain/quota.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { type Task, tasks } from '../../../shared/domain/tasks.ts';
import { createProcessor } from '../../../shared/processing/process-event.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import type { UploadsTopic } from '../../../shared/reconcile/ports.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { type Death, Died, dying, type Intercepting, uninterrupted } from './intercepted-ports.ts';
import { createMemoryStage } from './memory-stage.ts';
import { countsOfImages, countsOfLedger } from './owner-counts.ts';
import { created, delivery } from './worker-world.ts';

const ownerId = 'own-1';
const minute = 60_000;
const urlMinutes = 15;

/** How an image ends when a worker is done with it. */
export type Ending = 'ready' | 'rejected' | 'failed';

export type StepKind =
  | ('request' | 'upload' | 'deliver' | 'delete' | 'reprocess')
  | ('removal' | 'reconcile' | 'pass' | 'redrive');

export interface Step {
  readonly kind: StepKind;
  /** Which of those that it can be done to. */
  readonly which: number;
  readonly ending: Ending;
  readonly death: Death | undefined;
}

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

/** @param limits of the one owner there is */
export function createQuotaWorld(limits: QuotaLimits) {
  let time = Date.parse('2026-11-02T09:00:00.000Z');
  let sequence = 0;
  const stage = createMemoryStage(() => new Date(time));
  const { images, originals } = stage;
  /** What the client was answered. */
  const issued: Issued[] = [];
  let messages: Message[] = [];

  function publish(event: OriginalEvent, ending: Ending, isRedriven = false): void {
    for (const task of tasks) {
      sequence += 1;
      messages.push({ task, event, ending, isRedriven, messageId: `message-${sequence}`, receiveCount: 0 });
    }
  }

  const createdOf = (imageId: string, eTag: string, bytes: number, sequencer: string) =>
    created({ imageId, key: originalKey(imageId), eTag, bytes, sequencer });

  const nextSequencer = () => {
    sequence += 1;
    return normalizeSequencer(sequence.toString(16).padStart(8, '0'));
  };

  async function request(alive: Intercepting, which: number): Promise<void> {
    const bytes = 5 + which * 3;
    const expiresAt = time + urlMinutes * minute;
    const sign = async () => ({
      ...{ method: 'PUT' as const, url: '', headers: {} },
      expiresAt: new Date(expiresAt).toISOString(),
    });
    const dependencies = { ...stage.dependencies(alive), limits, sign, maxBytes: 1000 };
    const asked = { contentType: 'image/jpeg', contentLength: bytes };
    const { body } = await createUpload(dependencies, ownerId, asked);
    issued.push({ imageId: (body as { imageId: string }).imageId, bytes, expiresAt });
  }

  async function upload({ imageId, bytes, expiresAt }: Issued, ending: Ending): Promise<void> {
    if (time > expiresAt || (await originals.find(imageId)) !== undefined) return;
    const eTag = await originals.put(originalKey(imageId), Buffer.alloc(bytes, imageId));
    publish(createdOf(imageId, eTag, bytes, nextSequencer()), ending);
  }

  async function deliver(alive: Intercepting, message: Message): Promise<void> {
    message.receiveCount += 1;
    const { task, event, ending, receiveCount, messageId, isRedriven } = message;
    const { objects, ...dependencies } = stage.dependencies(alive);
    const definition: TaskDefinition = {
      ...{ task, revision: '1' },
      async perform() {
        if (task === 'renditions' && ending === 'rejected') throw new PermanentFailure('corrupt-image', 'so');
        if (task === 'renditions' && ending === 'failed') throw new TransientFailure('internal', 'so');
        return {};
      },
      ...(task === 'renditions' && { objects }),
    };
    const process = createProcessor({ ...dependencies, definition, queue: alive(stage.queue) });
    const times = { leaseUntil: time + minute, retriesEndAt: time + 30 * minute };
    const { kind } = await process(event, delivery({ messageId, receiveCount, isRedriven, ...times }));
    if (kind === 'acknowledge') messages = messages.filter((one) => one !== message);
  }

  async function reconciled(alive: Intercepting): Promise<void> {
    const uploads = alive<UploadsTopic>({
      async republish({ key, eTag, bytes }, sequencer) {
        const imageId = key.replace('originals/', '');
        publish(createdOf(imageId, eTag, bytes, normalizeSequencer(sequencer)), 'ready');
      },
    });
    const others = { overdue: alive(images.overdue), originals: alive(originals), uploads, maxImages: 100 };
    await reconcile({ ...stage.dependencies(alive), ...others });
  }

  async function reprocess(alive: Intercepting, { imageId }: Issued): Promise<void> {
    await reprocessImage(
      {
        ...{ ...stage.dependencies(alive), limits, restarts: alive(images.owners) },
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
    if ((await originals.find(imageId)) === undefined) return;
    await originals.delete(imageId);
    const key = originalKey(imageId);
    publish({ kind: 'removed', imageId, bucket: 'originals', key, sequencer: nextSequencer() }, 'ready');
  }

  async function attempt({ kind, which, ending, death }: Step): Promise<void> {
    const alive = dying(death);
    const image = issued[which % Math.max(1, issued.length)];
    const message = messages[which % Math.max(1, messages.length)];
    if (kind === 'request') return request(alive, which);
    if (kind === 'reconcile') return reconciled(alive);
    if (kind === 'pass') time += 10 * minute;
    if (kind === 'deliver' && message) return deliver(alive, message);
    if (image === undefined) return;
    if (kind === 'upload') return upload(image, ending);
    if (kind === 'delete') {
      const removals = alive(images.owners);
      await deleteImage({ ...stage.dependencies(alive), removals }, ownerId, image.imageId);
    }
    if (kind === 'reprocess') return reprocess(alive, image);
    if (kind === 'removal') return remove(image);
    if (kind === 'redrive') return redrive(image);
  }

  return {
    async take(step: Step): Promise<void> {
      time += 1000;
      await attempt(step).catch((thrown: unknown) => {
        const isForeseen =
          thrown instanceof Died || thrown instanceof Problem || thrown instanceof TransientFailure;
        if (!isForeseen) throw thrown;
      });
      messages = messages.filter(({ receiveCount }) => receiveCount < 5);
    },

    /** Nothing goes wrong any more: messages come until there are none, and the schedule goes on. */
    async settle(): Promise<void> {
      for (let round = 0; round < 40; round += 1) {
        for (const message of [...messages]) await deliver(uninterrupted, message);
        messages = messages.filter(({ receiveCount }) => receiveCount < 5);
        time += 10 * minute;
        await reconciled(uninterrupted);
      }
    },

    ledger: () => countsOfLedger(stage, ownerId),
    there: () => countsOfImages(stage, issued),
  };
}
