// What a worker does with one event, whatever its task: claim the unit of work, perform it, settle it, tell the world.
// Every step is safe to repeat and safe to die after; docs/delivery.md walks through the crashes.

import { asFailure, failureMessage, PermanentFailure, type TransientFailure } from '../domain/errors.ts';
import { isAnnounced } from '../domain/events/image-event.ts';
import type { OriginalCreated, OriginalEvent, OriginalRemoved } from '../domain/events/s3-event.ts';
import { currentTask, type ImageRecord, keysToDelete } from '../domain/image-record.ts';
import { isIssued } from '../domain/object-keys.ts';
import { statusOf } from '../domain/status.ts';
import { type TaskRecord, taskAttribute } from '../domain/tasks.ts';
import { type AnnounceDependencies, announceOnce } from './announce.ts';
import { createJournal, type Journal, type Step } from './journal.ts';
import type { Measure, Metric } from './measure.ts';
import {
  type Attempt,
  type ImageTable,
  OriginalGone,
  type Outcome,
  type Unit,
  type WorkQueue,
} from './ports.ts';
import { removeImage } from './remove-image.ts';
import type { TaskDefinition } from './task-definition.ts';

/** One receive of one message. */
export interface Delivery extends Attempt {
  readonly body: string;
  /** No receive follows this one: SQS moves the message to the DLQ. */
  readonly isLastReceive: boolean;
}

/** What becomes of the message: deleted, or received again (not before so many seconds, where that is known). */
export type Disposition =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'retry'; readonly failure?: TransientFailure; readonly afterSeconds?: number };

export interface ProcessorDependencies extends AnnounceDependencies {
  readonly definition: TaskDefinition;
  readonly table: ImageTable;
  readonly queue: WorkQueue;
  readonly measure?: Measure;
  readonly clock?: () => Date;
}

/** @param journal told what the event comes to */
export type Processor = (event: OriginalEvent, delivery: Delivery, journal?: Journal) => Promise<Disposition>;

/** What storing and settling may still take once a file is done with. */
const settlingMilliseconds = 1_000;
const acknowledge: Disposition = { kind: 'acknowledge' };
const metricOf = {
  done: 'UnitsDone',
  rejected: 'UnitsRejected',
  failed: 'UnitsFailed',
} as const satisfies Record<Outcome['state'], Metric>;

const measuredSteps = [
  ['fetch', 'FetchDuration'],
  ['develop', 'DevelopDuration'],
  ['store', 'StoreDuration'],
] as const satisfies readonly (readonly [Step, Metric])[];

/** Makes the processor of one worker. It throws only what a retry may mend, unclassified included. */
export function createProcessor(dependencies: ProcessorDependencies): Processor {
  const { definition, table, queue, measure = () => {}, clock = () => new Date() } = dependencies;
  const { task, revision, objects } = definition;

  return (event, delivery, journal = createJournal()) =>
    event.kind === 'created' ? workOn(event, delivery, journal) : remove(event, delivery, journal);

  async function workOn(event: OriginalCreated, delivery: Delivery, journal: Journal): Promise<Disposition> {
    const unit: Unit = { task, event, revision };
    const begun = clock().getTime();
    const { time, note } = journal;
    const claimed = await time('claim', () => table.claim(unit, delivery));
    if (claimed === undefined) return passOver(unit, delivery, journal);
    note({ ...(claimed.upload?.requestId && { uploadRequestId: claimed.upload.requestId }) });
    const { outcome, disposition } = await perform(event, delivery, claimed, journal);
    if (outcome === undefined) return disposition;
    const superseded = objects && supersededBy(claimed, outcome);
    const settled = await time('settle', () => settle(unit, delivery, outcome, superseded));
    if (settled === undefined) {
      if (outcome.state === 'done') return passOver(unit, delivery, journal);
      note({ outcome: 'claim lost' });
      return disposition;
    }
    measure(metricOf[outcome.state], 1);
    measure('UnitDuration', clock().getTime() - begun);
    measureSteps(journal);
    await time('announce', async () => {
      await objects?.delete(superseded ?? []);
      await announceChange(settled, event, delivery);
      if (outcome.state === 'rejected') await reject(settled, delivery);
    });
    note({ outcome: outcome.state });
    return disposition;
  }

  /** As the line in the log has them. */
  function measureSteps(journal: Journal): void {
    const { milliseconds } = journal.handled();
    for (const [step, metric] of measuredSteps) {
      const taken = milliseconds[step];
      if (taken !== undefined) measure(metric, taken);
    }
  }

  async function settle(
    unit: Unit,
    delivery: Delivery,
    outcome: Outcome,
    superseded: readonly string[] | undefined,
  ): Promise<ImageRecord | undefined> {
    const settled = await table.settle(unit, delivery, outcome, superseded);
    if (settled !== undefined || outcome.state !== 'rejected') return settled;
    return table.settle(unit, delivery, { state: 'rejected' }, superseded);
  }

  async function perform(
    event: OriginalCreated,
    { isLastReceive, leaseUntil }: Delivery,
    { ownerId }: ImageRecord,
    { time, note }: Journal,
  ): Promise<{ outcome?: Outcome; disposition: Disposition }> {
    try {
      return {
        outcome: {
          state: 'done',
          result: await definition.perform(
            event,
            (metric, value) => {
              if (metric === 'OriginalBytesRead') note({ bytes: value });
              measure(metric, value);
            },
            { ownerId, endsAt: leaseUntil - settlingMilliseconds },
            time,
          ),
        },
        disposition: acknowledge,
      };
    } catch (thrown) {
      if (thrown instanceof OriginalGone) {
        note({ outcome: 'original gone' });
        return { disposition: acknowledge };
      }
      const failure = asFailure(thrown);
      const { code } = failure;
      note({ code });
      const message = failureMessage(failure);
      if (failure instanceof PermanentFailure) {
        return { outcome: { state: 'rejected', failure: { code, message } }, disposition: acknowledge };
      }
      const disposition: Disposition = { kind: 'retry', failure };
      return isLastReceive
        ? { outcome: { state: 'failed', failure: { code, message } }, disposition }
        : { disposition };
    }
  }

  /** The unit could not be claimed, or was lost: it is somebody else's, settled already, or overtaken. */
  async function passOver({ event }: Unit, delivery: Delivery, { note }: Journal): Promise<Disposition> {
    const record = await table.get(event.imageId);
    const mine = record && currentTask(record, task);
    if (mine?.sequencer !== event.sequencer) {
      await objects?.discard(event);
      // Its upload URL was used again, or too late: deleted is deleted, and expired is expired.
      const isOver = record?.removed !== undefined || record?.expired !== undefined;
      if (isOver && isIssued(event.imageId)) await objects?.deleteOriginal(event.imageId);
      note({ outcome: isOver ? 'deleted before' : 'superseded' });
      return acknowledge;
    }
    // A duplicate may go: the message that holds the unit stays in the queue until the unit is settled.
    if (mine.messageId !== delivery.messageId) {
      note({ outcome: 'duplicate' });
      return acknowledge;
    }
    if (mine.state === 'running') {
      note({ outcome: 'held' });
      return { kind: 'retry', afterSeconds: secondsUntil(mine.leaseUntil) };
    }
    if (record && mine.receiveCount < delivery.receiveCount) await finish(record, mine, delivery);
    note({ outcome: 'settled before' });
    return acknowledge;
  }

  /** An earlier receive of this message settled the task and did not live to tell. */
  async function finish(record: ImageRecord, mine: TaskRecord, delivery: Delivery): Promise<void> {
    await objects?.delete(record.superseded ?? []);
    await announceOnce(dependencies, record, delivery.messageId);
    if (mine.state === 'rejected') await reject(record, delivery);
  }

  async function remove(event: OriginalRemoved, delivery: Delivery, { note }: Journal): Promise<Disposition> {
    const outcome =
      objects === undefined
        ? 'not mine'
        : await removeImage({ ...dependencies, objects }, event, delivery, clock());
    note({ outcome });
    return acknowledge;
  }

  async function reject(rejected: ImageRecord, { body }: Delivery): Promise<void> {
    const failure = currentTask(rejected, task)?.failure;
    if (failure === undefined) return;
    const { code: failureCode, message: failureMessage } = failure;
    await queue.reject({ body, failureCode, failureMessage, imageId: rejected.imageId });
  }

  /** Announces the image if settling this task is what decided its fate; otherwise another task did, or will. */
  async function announceChange(
    settled: ImageRecord,
    { storedAt }: OriginalCreated,
    { messageId }: Delivery,
  ): Promise<void> {
    const { [taskAttribute(task)]: _settled, ...before } = settled;
    const status = statusOf(settled);
    const isDecisive = status !== statusOf(before);
    // Without this task it was not ready: settling it is what made it so.
    if (status === 'ready' && storedAt !== undefined)
      measure('UploadToReady', Math.max(0, clock().getTime() - storedAt));
    if (isDecisive || isAnnounced(settled)) await announceOnce(dependencies, settled, messageId);
  }

  function secondsUntil(time: number): number {
    return Math.max(1, Math.ceil((time - clock().getTime()) / 1000));
  }
}

/** What the record listed and will list no more. A failed unit may be tried again, and replaces nothing yet. */
function supersededBy(claimed: ImageRecord, outcome: Outcome): readonly string[] | undefined {
  if (outcome.state === 'failed') return undefined;
  const keys = keysToDelete(claimed, outcome.state === 'done' ? outcome.result.renditions : []);
  return keys.length > 0 ? keys : undefined;
}
