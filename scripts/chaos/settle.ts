// What ends a run of chaos: waiting until every upload has settled, and doing then what an operator would do.

import { setTimeout as sleep } from 'node:timers/promises';
import { isAnnounced } from '../../shared/domain/events/image-event.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { approximateCounts } from '../dlq/receive.ts';
import { redrive } from '../dlq/redrive.ts';
import { survey } from '../dlq/survey.ts';
import { reconcileStage } from '../operations/reconcile-stage.ts';
import { readRecords } from '../operations/records.ts';
import type { Stage } from '../operations/stage.ts';
import type { Upload } from './ledger.ts';

const receiving = { maxMessages: 100_000, visibilitySeconds: 30 };
/** Reconciling looks at an upload 25 minutes after its URL was issued: when that has run out, and ten minutes more. */
const settleMilliseconds = 30 * 60_000;
const maxRedrives = 5;

/** Waits until every upload has settled and consumers were told, reconciling as the schedule would. */
export async function settle(stage: Stage, uploads: readonly Upload[]): Promise<Map<string, ImageRecord>> {
  const ids = uploads.map(({ imageId }) => imageId);
  const endsAt = Date.now() + settleMilliseconds;
  for (;;) {
    const records = await readRecords(stage, ids);
    const announced = ids.filter((imageId) => {
      const record = records.get(imageId);
      return record !== undefined && isAnnounced(record);
    });
    if (announced.length === ids.length || Date.now() > endsAt) return records;
    await sleep(1000);
    await reconcileStage(stage);
  }
}

/** Waits until no worker has a message any more: a repeated event settles nothing, and may be the last of all. */
export async function drained({ clients: { sqs }, queues }: Stage): Promise<void> {
  const endsAt = Date.now() + settleMilliseconds;
  while (Date.now() < endsAt) {
    const counts = await Promise.all(queues.map(({ source }) => approximateCounts(sqs, source)));
    if (counts.every(({ visible, inFlight }) => visible + inFlight === 0)) return;
    await sleep(1000);
  }
}

/** Images that are failed or rejected, but of which no message was put aside. */
export async function findWithoutDeadLetter(
  stage: Stage,
  uploads: readonly Upload[],
  records: ReadonlyMap<string, ImageRecord>,
): Promise<string[]> {
  const { messages } = await survey(stage, receiving);
  const found = new Set(messages.map(({ imageId }) => imageId));
  return uploads.flatMap(({ imageId }) => {
    const record = records.get(imageId);
    const isOwed = record !== undefined && (isFailed(record) || statusOf(record) === 'rejected');
    return isOwed && !found.has(imageId) ? imageId : [];
  });
}

export function isFailed(record: ImageRecord | undefined): boolean {
  return record !== undefined && statusOf(record) === 'failed';
}

/** What an operator would do next: send back to work what failed, until nothing is failed. */
export async function redriveFailed(
  stage: Stage,
  uploads: readonly Upload[],
  settled: Map<string, ImageRecord>,
): Promise<Map<string, ImageRecord>> {
  let records = settled;
  for (let round = 0; round < maxRedrives; round += 1) {
    const failed = new Set(uploads.flatMap(({ imageId }) => (isFailed(records.get(imageId)) ? imageId : [])));
    if (failed.size === 0) return records;
    const surveyed = await survey(stage, receiving);
    const selected = surveyed.messages.filter(({ imageId }) => failed.has(imageId ?? ''));
    await redrive(stage, surveyed, selected, receiving);
    await sleep(5000);
    records = await settle(stage, uploads);
  }
  return records;
}
