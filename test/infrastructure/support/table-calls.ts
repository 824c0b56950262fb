// Every request that a function may send to the images table: each method of each adapter it is given, in each of the ways
// that lead to another request. A method that is added to a port is missed by the types here.

import type { OwnersImages, OwnersRemovals, TaskRestarts } from '../../../shared/api/ports.ts';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { createOverdueTable } from '../../../shared/aws/overdue-table.ts';
import { createOwnersImages } from '../../../shared/aws/owners-images.ts';
import { createOwnersRemovals } from '../../../shared/aws/owners-removals.ts';
import { createTaskRestarts } from '../../../shared/aws/task-restarts.ts';
import type { OriginalCreated } from '../../../shared/domain/events/s3-event.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { type Task, taskAttribute, tasks } from '../../../shared/domain/tasks.ts';
import type { ImageTable, Outcome, Unit } from '../../../shared/processing/ports.ts';
import type { OverdueTable } from '../../../shared/reconcile/ports.ts';
import { overdue, processing, ready, sequencer } from '../../support/image-records.ts';
import { recordingClient, type TableCall } from './recorded-calls.ts';

type Calls<Port> = { readonly [Method in keyof Port]: () => Promise<unknown> };

const attempt = {
  ...{ attemptId: 'attempt', messageId: 'message', receiveCount: 1, isRedriven: false },
  ...{ leaseUntil: 1_700_000_000_000, retriesEndAt: 1_700_000_000_000 },
};
const created: OriginalCreated = {
  ...{ kind: 'created' as const, imageId: 'image', bucket: 'originals', key: 'originals/image' },
  ...{ sequencer, eTag: 'etag', bytes: 1 },
};
const failure = { code: 'internal', message: 'of no kind' } as const;

export async function createUploadCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const { upload, createdAt, ...record } = overdue({ fileName: 'photo.jpg' });
  if (upload && createdAt) await createImageTable(client, 'images').create({ ...record, upload, createdAt });
  return calls;
}

export async function getImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  await createImageTable(client, 'images').get('image');
  return calls;
}

export async function listImagesCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const images = createOwnersImages(client, 'images');
  await exercise<OwnersImages>({
    positions: () => images.positions('owner', 1),
    records: () => images.records(['image']),
  });
  return calls;
}

export async function reprocessImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const restarts = createTaskRestarts(client, 'images');
  await exercise<TaskRestarts & Pick<ImageTable, 'get'>>({
    get: () => table.get('image'),
    restart: () => restarts.restart(ready(), tasks),
  });
  return calls;
}

export async function deleteImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const removals = createOwnersRemovals(client, 'images');
  await exercise<OwnersRemovals & Pick<ImageTable, 'get' | 'markAnnounced'>>({
    get: () => table.get('image'),
    markDeleted: () => removals.markDeleted('image', 'owner'),
    markAnnounced: () => announced(table, { removed: { byOwner: true } }),
  });
  return calls;
}

export async function workerCalls(task: Task): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const unit: Unit = { task, event: created, revision: '1' };
  const left = { metadata: {}, sha256: '', placeholder: {}, perceptualHash: '', renditions: [] };
  const outcomes = [
    { state: 'done', result: left },
    { state: 'rejected', failure },
    { state: 'rejected' },
    { state: 'failed', failure },
  ] as unknown as Outcome[];
  const superseded = task === 'renditions' ? ['renditions/old'] : undefined;
  const removed = { ...created, kind: 'removed' } as const;
  await exercise<ImageTable>({
    get: () => table.get('image'),
    claim: () =>
      Promise.all([false, true].map((isRedriven) => table.claim(unit, { ...attempt, isRedriven }))),
    settle: () => Promise.all(outcomes.map((outcome) => table.settle(unit, attempt, outcome, superseded))),
    markDeleted: () => table.markDeleted(removed, { messageId: 'message', receiveCount: 1 }),
    markAnnounced: () => announced(table),
  });
  return calls;
}

export async function reconcileCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const late = createOverdueTable(client, 'images');
  const now = new Date();
  const claimed = processing(Object.fromEntries(tasks.map((task) => [taskAttribute(task), undefined])));
  await exercise<OverdueTable & Pick<ImageTable, 'get' | 'markAnnounced'>>({
    get: () => table.get('image'),
    markAnnounced: () => announced(table),
    list: () => late.list(now, 8),
    expire: () => late.expire(overdue(), now),
    fail: () => Promise.all([processing(), claimed].map((record) => late.fail(record, tasks, failure, now))),
    postpone: () => late.postpone(overdue(), now),
  });
  return calls;
}

async function exercise<Port>(calls: Calls<Port>): Promise<void> {
  for (const call of Object.values<() => Promise<unknown>>(calls)) await call();
}

function announced(
  table: Pick<ImageTable, 'markAnnounced'>,
  changes: Partial<ImageRecord> = {},
): Promise<unknown> {
  const { overdueAt: _, ...unlisted } = processing(changes);
  const records = [processing(changes), unlisted];
  const notes = [undefined, new Date()].flatMap((again) =>
    records.map((record) => table.markAnnounced(record, 'event', again)),
  );
  return Promise.all(notes);
}
