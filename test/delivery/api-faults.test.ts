// Breaks every AWS call of the routes that change something, in every way. What its client asks again and what reconciling
// does then lead where no fault would have: no quota is exceeded, and none is lost.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteImage } from '../../shared/api/images/delete-image.ts';
import { reprocessImage } from '../../shared/api/images/reprocess-image.ts';
import { createUpload } from '../../shared/api/uploads/create-upload.ts';
import { createS3Client, createSnsClient, createTableClient } from '../../shared/aws/clients.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { createOwnersRemovals } from '../../shared/aws/owners-removals.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import { createTaskRestarts } from '../../shared/aws/task-restarts.ts';
import { createUploadSigner } from '../../shared/aws/upload-signer.ts';
import { createUploadedOriginals } from '../../shared/aws/uploaded-originals.ts';
import { createUploadsTopic } from '../../shared/aws/uploads-topic.ts';
import { statusOf } from '../../shared/domain/status.ts';
import { tasks } from '../../shared/domain/tasks.ts';
import { variants } from '../../shared/domain/variants.ts';
import { metadataRevision } from '../../shared/processing/metadata-task.ts';
import { createRenditionObjects } from '../../shared/processing/rendition-objects.ts';
import { presetRevision } from '../../shared/processing/renditions-task.ts';
import { noLimits } from '../support/quotas.ts';
import { smallPhoto } from '../support/small-photo.ts';
import { type FaultPlan, plansFor } from './support/aws-calls.ts';
import { type Pipeline, startPipeline } from './support/pipeline.ts';

let pipeline: Pipeline;
let photo: Uint8Array;

beforeAll(async () => {
  pipeline = await startPipeline();
  photo = await smallPhoto();
});
afterAll(() => pipeline.stop());

const minutes = (count: number) => new Date(Date.now() + count * 60_000);
const newOwner = () => `own-${randomUUID().replaceAll('-', '')}`;
const request = { contentType: 'image/jpeg', contentLength: 1000 };

/** The routes as their functions compose them, with every call watched. */
function routes(limits = noLimits) {
  const { calls, tableName, originalsBucket, renditionsBucket, uploadsTopic, imageEventsTopic } = pipeline;
  const client = calls.watch(createTableClient());
  const [s3, sns] = [calls.watch(createS3Client()), calls.watch(createSnsClient())];
  const stored = {
    table: createImageTable(client, tableName),
    ledger: createOwnerLedger(client, tableName),
    limits,
  };
  const uploads = createUploadedOriginals(s3, originalsBucket);
  const removal = {
    ...stored,
    removals: createOwnersRemovals(client, tableName),
    objects: createRenditionObjects(createRenditionStore(s3, renditionsBucket), uploads, variants),
    imageEvents: createImageEvents(sns, imageEventsTopic),
  };
  const reprocessing = {
    ...stored,
    restarts: createTaskRestarts(client, tableName),
    republish: createUploadsTopic(sns, uploadsTopic).republish,
    revisions: { renditions: presetRevision(variants), metadata: metadataRevision },
  };
  const sign = createUploadSigner(createS3Client(), originalsBucket, 900);
  return {
    create: (owner: string) => createUpload({ ...stored, sign, maxBytes: 1e9 }, owner, request),
    delete: (owner: string, imageId: string) => deleteImage(removal, owner, imageId),
    reprocess: (owner: string, imageId: string) => reprocessImage(reprocessing, owner, imageId),
  };
}

/** Does it with the fault; what is thrown, or the death of the process, is how it ends. */
async function underFault(act: () => Promise<unknown>, plan?: FaultPlan): Promise<readonly string[]> {
  const death = pipeline.calls.start(plan);
  await Promise.race([act().catch(() => {}), death]);
  const calls = [...pipeline.calls.names];
  void pipeline.calls.start();
  return calls;
}

/** Once without a fault, for what it calls; then each call with each fault. */
async function throughFaults(run: (plan?: FaultPlan) => Promise<readonly string[]>): Promise<void> {
  const calls = await run();
  expect(calls.length).toBeGreaterThan(1);
  for (const plan of plansFor(calls)) await run(plan);
}

/** All that is counted for an owner, but for rejections. */
async function counted(owner: string) {
  const { images, bytes, open, moving } = (await pipeline.ledger.read(owner)) ?? nothing;
  return { images, bytes, open, moving };
}

const nothing = { images: 0, bytes: 0, open: {}, moving: {} };

it('an upload URL: never one more than the quota, and none lost', { timeout: 240_000 }, async () => {
  await throughFaults(async (plan) => {
    const owner = newOwner();
    const { create } = routes({ ...noLimits, images: 1 });

    const calls = await underFault(() => create(owner), plan);
    const again = await create(owner).catch((error) => error);
    const { images, bytes } = await counted(owner);

    expect({ plan, images, bytes }).toEqual({ plan, images: 1, bytes: 1000 });
    if (again instanceof Error) expect(again).toMatchObject({ code: 'quota-exceeded' });

    await pipeline.reconcileAt(minutes(30));
    await pipeline.reconcileAt(minutes(60));
    expect({ plan, ...(await counted(owner)) }).toEqual({ plan, ...nothing });
    await expect(create(owner)).resolves.toMatchObject({ status: 201 });
    return calls;
  });
});

it('a deletion: nothing is left, in either bucket or in the quota', { timeout: 240_000 }, async () => {
  await throughFaults(async (plan) => {
    const owner = newOwner();
    const imageId = await pipeline.issue(owner, photo.byteLength);
    await pipeline.putOriginal(imageId, photo);
    for (const task of tasks) await pipeline.handleBatch(task);
    const remove = routes().delete;

    const calls = await underFault(() => remove(owner, imageId), plan);
    await expect(remove(owner, imageId)).resolves.toEqual({ status: 204 });
    for (const later of [10, 30, 120]) await pipeline.reconcileAt(minutes(later));
    for (const task of tasks) await pipeline.handleWaiting(task);

    expect({ plan, status: statusOf(await pipeline.record(imageId)) }).toEqual({ plan, status: 'deleted' });
    expect({ plan, original: await pipeline.stored(imageId) }).toEqual({ plan, original: undefined });
    expect({ plan, renditions: await pipeline.renditionObjects(imageId) }).toEqual({ plan, renditions: {} });
    expect({ plan, ...(await counted(owner)) }).toEqual({ plan, ...nothing });
    const told = (await pipeline.imageEvents()).filter((event) => event.imageId === imageId);
    expect(new Set(told.map(({ type }) => type))).toContain('image.deleted');
    return calls;
  });
});

it('a rejected image done again: it counts once while it is, and not after', {
  timeout: 240_000,
}, async () => {
  await throughFaults(async (plan) => {
    const owner = newOwner();
    const text = Buffer.from('text');
    const imageId = await pipeline.issue(owner, text.byteLength);
    await pipeline.putOriginal(imageId, text);
    for (const task of tasks) await pipeline.handleBatch(task);
    expect((await pipeline.ledger.read(owner))?.images).toBe(0);
    const { reprocess } = routes({ ...noLimits, images: 1 });

    const calls = await underFault(() => reprocess(owner, imageId), plan);
    await pipeline.reconcileAt(minutes(10));
    expect((await pipeline.ledger.read(owner))?.images).toBeLessThanOrEqual(1);
    await reprocess(owner, imageId).catch(() => {});
    for (const task of tasks) {
      while (!(await pipeline.isEmpty(pipeline.queues[task]))) await pipeline.handleBatch(task);
    }
    for (const later of [30, 120]) await pipeline.reconcileAt(minutes(later));

    expect({ plan, status: statusOf(await pipeline.record(imageId)) }).toEqual({ plan, status: 'rejected' });
    expect({ plan, ...(await counted(owner)) }).toEqual({ plan, ...nothing });
    await pipeline.drain(pipeline.rejectionsQueue);
    return calls;
  });
});
