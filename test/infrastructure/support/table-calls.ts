// Every request that a function may send to the images table: each method of each adapter it is given, in each of the ways
// that lead to another request. A method that is added to a port is missed by the types here.

import type { OwnersImages, OwnersRemovals, TaskRestarts } from '../../../shared/api/ports.ts';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { createOverdueTable } from '../../../shared/aws/overdue-table.ts';
import { createOwnerLedger } from '../../../shared/aws/owner-ledger.ts';
import { createOwnersImages } from '../../../shared/aws/owners-images.ts';
import { createOwnersRemovals } from '../../../shared/aws/owners-removals.ts';
import { createTaskRestarts } from '../../../shared/aws/task-restarts.ts';
import type { Charge } from '../../../shared/domain/charge.ts';
import type { OriginalCreated } from '../../../shared/domain/events/s3-event.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { hourOf, type LedgerRecord } from '../../../shared/domain/quota.ts';
import { type Task, taskAttribute, tasks } from '../../../shared/domain/tasks.ts';
import type { ImageTable, Ledger, Outcome, Unit } from '../../../shared/processing/ports.ts';
import type { OverdueTable } from '../../../shared/reconcile/ports.ts';
import { overdue, processing, ready, sequencer } from '../../support/image-records.ts';
import { noLimits } from '../../support/quotas.ts';
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
const change = { imageId: 'image', bytes: 1, changeId: 'change' };
const failure = { code: 'internal', message: 'of no kind' } as const;

/** By function, all that it may ask. */
export const tableCalls = {
  createUpload: createUploadCalls,
  getUsage: getUsageCalls,
  getImage: getImageCalls,
  listImages: listImagesCalls,
  getRendition: getImageCalls,
  reprocessImage: reprocessImageCalls,
  deleteImage: deleteImageCalls,
  renditions: () => workerCalls('renditions'),
  metadata: () => workerCalls('metadata'),
  reconcile: reconcileCalls,
} as const;

async function createUploadCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const { upload, createdAt, ...record } = overdue({ fileName: 'photo.jpg' });
  const table = createImageTable(client, 'images');
  if (upload && createdAt) await table.create({ ...record, upload, createdAt, charge: { bytes: 1 } });
  await table.withdraw('image');
  const ledger = createOwnerLedger(client, 'images');
  await ledger.read('owner');
  await ledger.reserve('owner', change, noLimits, true);
  await ledger.reserve('owner', change, noLimits, false);
  return calls;
}

async function getUsageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  await createOwnerLedger(client, 'images').read('owner');
  return calls;
}

async function getImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  await createImageTable(client, 'images').get('image');
  return calls;
}

async function listImagesCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const images = createOwnersImages(client, 'images');
  await exercise<OwnersImages>({
    positions: () => images.positions('owner', 1),
    records: () => images.records(['image']),
  });
  return calls;
}

async function reprocessImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const restarts = createTaskRestarts(client, 'images');
  const ledger = createOwnerLedger(client, 'images');
  await exercise<TaskRestarts & Pick<ImageTable, 'get' | 'moveCharge'>>({
    get: () => table.get('image'),
    restart: () => restarts.restart(ready(), tasks),
    moveCharge: () => moved(table),
  });
  await ledger.retakeWithin('owner', change, noLimits);
  await ledger.forget('owner', change);
  return calls;
}

async function deleteImageCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const removals = createOwnersRemovals(client, 'images');
  await exercise<OwnersRemovals & Pick<ImageTable, 'get' | 'markAnnounced' | 'moveCharge'>>({
    get: () => table.get('image'),
    markDeleted: () => removals.markDeleted('image', 'owner'),
    markAnnounced: () => announced(table, { removed: { byOwner: true } }),
    moveCharge: () => moved(table, { removed: { byOwner: true } }),
  });
  return [...calls, ...(await releaseCalls({ isRejection: false }))];
}

async function workerCalls(task: Task): Promise<TableCall[]> {
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
    moveCharge: () => moved(table),
  });
  return [...calls, ...(await ledgerCalls())];
}

async function reconcileCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const table = createImageTable(client, 'images');
  const late = createOverdueTable(client, 'images');
  const now = new Date();
  const claimed = processing(Object.fromEntries(tasks.map((task) => [taskAttribute(task), undefined])));
  await exercise<OverdueTable & Pick<ImageTable, 'get' | 'markAnnounced' | 'moveCharge'>>({
    get: () => table.get('image'),
    markAnnounced: () => announced(table),
    list: () => late.list(now, 8),
    expire: () => late.expire(overdue(), now),
    fail: () => Promise.all([processing(), claimed].map((record) => late.fail(record, tasks, failure, now))),
    postpone: () => late.postpone(overdue(), now),
    unlist: () => late.unlist(overdue()),
    moveCharge: () => moved(table),
  });
  return [...calls, ...(await ledgerCalls())];
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

/** A change that begins, and one that goes on. */
function moved(table: Pick<ImageTable, 'moveCharge'>, changes: Partial<ImageRecord> = {}): Promise<unknown> {
  const charge: Charge = { bytes: 1, state: 'releasing', changeId: 'change', by: 'me', leaseUntil: 1 };
  return Promise.all([
    table.moveCharge(processing({ ...changes, charge: { bytes: 1 } }), charge, { isNew: true }),
    table.moveCharge(processing({ ...changes, charge }), { ...charge, state: 'released' }, { isNew: false }),
  ]);
}

async function ledgerCalls(): Promise<TableCall[]> {
  const { client, calls } = recordingClient();
  const ledger = createOwnerLedger(client, 'images');
  await exercise<Omit<Ledger, 'release'>>({
    close: () => ledger.close('owner', 'image'),
    expire: () => ledger.expire('owner', 'image', 1),
    retake: () => ledger.retake('owner', change),
    undoRetake: () => ledger.undoRetake('owner', change),
    forget: () => ledger.forget('owner', change),
  });
  const releases = [true, false].map((isRejection) => releaseCalls({ isRejection }));
  return [...calls, ...(await Promise.all(releases)).flat()];
}

/** A rejection is counted among those of the hour, or as the first of it. */
async function releaseCalls(options: { readonly isRejection: boolean }): Promise<TableCall[]> {
  const hours = [hourOf(new Date()), 0];
  const recorded = hours.map(async (rejectedHour) => {
    const found: LedgerRecord = { images: 1, bytes: 1, open: {}, moving: {}, rejectedHour, rejectedCount: 1 };
    const { client, calls } = recordingClient(found);
    const ledger = createOwnerLedger(client, 'images');
    await ledger.release('owner', change, options);
    await ledger.close('owner', 'image');
    await ledger.forget('owner', change);
    return calls;
  });
  return (await Promise.all(recorded)).flat();
}
