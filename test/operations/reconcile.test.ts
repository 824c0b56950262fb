// Reconciling on the real table, topics and buckets: every image that nobody lived to settle is settled.
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReconcileDependencies } from '../../functions/composition/reconcile.ts';
import { overdueFrom } from '../../shared/aws/overdue-index.ts';
import { imageEventOf } from '../../shared/domain/events/image-event.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import { lowestSequencer } from '../../shared/domain/events/s3-notification.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import { originalKey, renditionsPrefix } from '../../shared/domain/object-keys.ts';
import { statusOf } from '../../shared/domain/status.ts';
import {
  type ReconcileDependencies,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from '../../shared/reconcile/reconcile.ts';
import { minutesAgo, overdue, processing, ready, taskRecord } from '../support/image-records.ts';
import { sequencer, useOperationsCloud } from './operations-cloud.ts';

const cloud = useOperationsCloud();

beforeEach(async () => {
  await cloud.announced();
  for (const { source } of cloud.stage.queues) await cloud.drain(source.url);
});

function dependenciesFor(maxImages = 1000): ReconcileDependencies {
  const { stage } = cloud;
  return createReconcileDependencies(stage.clients, {
    IMAGES_TABLE: stage.tableName,
    ORIGINALS_BUCKET: stage.originalsBucket,
    RENDITIONS_BUCKET: stage.renditionsBucket,
    DISTRIBUTION_ID: '',
    UPLOADS_TOPIC_ARN: stage.uploadsTopicArn,
    IMAGE_EVENTS_TOPIC_ARN: stage.imageEventsTopicArn,
    RECONCILE_MAX_IMAGES: maxImages,
  });
}

function run(options: ReconcileOptions & { maxImages?: number } = {}): Promise<Reconciliation[]> {
  return reconcile(dependenciesFor(options.maxImages), options);
}

async function reconciled(record: ImageRecord, options?: ReconcileOptions) {
  await cloud.put(record);
  const reconciliations = await run(options);
  const after = await cloud.read(record.imageId);
  const reconciliation = reconciliations.find(({ imageId }) => imageId === record.imageId);
  const announced = (await cloud.announced()).filter(({ imageId }) => imageId === record.imageId);
  return { reconciliation, after, announced };
}

describe('an upload URL that ran out', () => {
  it('makes the image expired when nothing was uploaded, for as long as its client may ask', async () => {
    const { reconciliation, after, announced } = await reconciled(overdue());

    expect(reconciliation?.action).toBe('expire');
    expect(after && statusOf(after)).toBe('expired');
    expect(after).not.toHaveProperty('overdueAt');
    expect(after).toHaveProperty('expiresAtSeconds', expect.any(Number));
    expect(announced).toEqual([]);
  });

  it('publishes the upload again, older than any event of S3, when the original is there', async () => {
    const record = overdue();
    await cloud.putObject(cloud.stage.originalsBucket, originalKey(record.imageId));
    for (const { source } of cloud.stage.queues) await cloud.drain(source.url);

    const { reconciliation, after } = await reconciled(record);

    const queued = await Promise.all(cloud.stage.queues.map(({ source }) => cloud.drain(source.url)));
    const events = queued
      .flat()
      .flatMap(({ Body = '' }) => parseOriginalEvents(Body, cloud.stage.originalsBucket));
    expect(reconciliation?.action).toBe('republish');
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({
      kind: 'created',
      imageId: record.imageId,
      bytes: 5,
      eTag: '4b3a6218bb3e3a7303e8a171a60fcf92',
      sequencer: lowestSequencer.padEnd(40, '0'),
    });
    expect(after && statusOf(after)).toBe('awaiting-upload');
    expect(after?.overdueAt && after.overdueAt > new Date().toISOString()).toBe(true);
  });

  it('leaves an image alone whose URL has not run out', async () => {
    const record = overdue();
    const pending = { ...record, ...overdueFrom(record.imageId, new Date(Date.now() + 60_000)) };

    const { reconciliation, after } = await reconciled(pending);

    expect(reconciliation).toBeUndefined();
    expect(after).toEqual(pending);
  });
});

describe('work that ended without a result', () => {
  it('fails the task that is not settled, keeps the one that is, and announces the failure once', async () => {
    const { reconciliation, after, announced } = await reconciled(processing());
    const again = await run();

    expect(reconciliation?.action).toBe('fail');
    expect(after?.renditionsTask).toMatchObject({ state: 'failed', failure: { code: 'internal' } });
    expect(after?.metadataTask).toMatchObject({ state: 'done' });
    expect(after).not.toHaveProperty('overdueAt');
    expect(announced.map(({ type }) => type)).toEqual(['image.failed']);
    expect(again.filter(({ imageId }) => imageId === after?.imageId)).toEqual([]);
  });

  it('fails a task that no worker ever took up', async () => {
    const { metadataTask: _never, ...record } = processing({ renditionsTask: taskRecord({ state: 'done' }) });

    const { after } = await reconciled(record);

    expect(after && statusOf(after)).toBe('failed');
    expect(after?.metadataTask).toMatchObject({ state: 'failed', sequencer });
  });

  it('fails a task that was only ever settled for an original before this one', async () => {
    const old = taskRecord({ state: 'done', sequencer: sequencer.replace('E5', 'A0') });

    const { after } = await reconciled(processing({ metadataTask: old, renditionsTask: old }));

    expect(after && statusOf(after)).toBe('failed');
  });

  it('changes nothing when a worker took the image up between the look and the write', async () => {
    const record = processing();
    await cloud.put({ ...record, renditionsTask: taskRecord({ attemptId: 'another' }) });
    const failure = { code: 'internal', message: 'abandoned' } as const;
    const refused = await dependenciesFor().overdue.fail(record, ['renditions'], failure, new Date());

    expect(refused).toBeUndefined();
    expect((await cloud.read(record.imageId))?.renditionsTask?.state).toBe('running');
  });
});

describe('what nobody lived to tell', () => {
  it.each([
    ['ready', ready()],
    ['rejected', processing({ renditionsTask: taskRecord({ state: 'rejected' }) })],
    ['failed', processing({ renditionsTask: taskRecord({ state: 'failed' }) })],
  ])('announces an image that is %s', async (status, record) => {
    const { reconciliation, after, announced } = await reconciled(record);

    expect(reconciliation?.action).toBe('announce');
    expect(announced).toEqual([
      expect.objectContaining({ type: `image.${status}`, imageId: record.imageId }),
    ]);
    expect(after?.announced).toBe(announced[0]?.eventId);
    expect(after).not.toHaveProperty('overdueAt');
  });

  it('does not announce twice what is known to be announced', async () => {
    const record = ready();
    const { reconciliation, after, announced } = await reconciled({
      ...record,
      announced: imageEventOf(record)?.eventId ?? '',
    });

    expect(reconciliation?.action).toBe('unlist');
    expect(announced).toEqual([]);
    expect(after).not.toHaveProperty('overdueAt');
  });

  it('notes an announcement also when the image was announced as something else before, and is not listed', async () => {
    const { overdueAt: _at, overdueShard: _shard, ...record } = ready({ announced: 'failed-before' });
    await cloud.put(record);

    await dependenciesFor().table.markAnnounced(record, 'ready-now');

    expect(await cloud.read(record.imageId)).toMatchObject({ announced: 'ready-now' });
  });

  it('finishes a removal: deletes the renditions that are listed, and announces it', async () => {
    const imageId = uuidv7();
    const key = `${renditionsPrefix(imageId)}thumb-0123456789.webp`;
    await cloud.putObject(cloud.stage.renditionsBucket, key);
    const rendition = { variant: 'thumb', format: 'webp', contentType: 'image/webp', key } as const;
    const tombstone: ImageRecord = {
      ...{ imageId, ownerId: 'local', updatedAt: minutesAgo(6).toISOString(), sequencer },
      removed: { messageId: 'message', receiveCount: 1 },
      renditionsTask: taskRecord({ state: 'done' }),
      renditions: [{ ...rendition, width: 160, height: 160, frames: 1, bytes: 5 }],
      ...overdueFrom(imageId, minutesAgo(1)),
    };

    const { reconciliation, announced } = await reconciled(tombstone);

    const head = cloud.stage.clients.s3.send(
      new HeadObjectCommand({ Bucket: cloud.stage.renditionsBucket, Key: key }),
    );
    await expect(head).rejects.toMatchObject({ name: 'NotFound' });
    expect(reconciliation?.action).toBe('clear');
    expect(announced.map(({ type }) => type)).toEqual(['image.deleted']);
  });
});

describe('a run', () => {
  it('changes nothing as a dry run, and says what it would do', async () => {
    const record = overdue();
    const { reconciliation, after } = await reconciled(record, { isDryRun: true });

    expect(reconciliation?.action).toBe('expire');
    expect(after).toEqual(record);
  });

  it('looks at no more images than it may, the longest overdue of a shard first', async () => {
    await run();
    const records = Array.from({ length: 30 }, () => overdue());
    for (const record of records) await cloud.put(record);

    const first = await run({ maxImages: 8 });
    const rest = await run();

    expect(first.length).toBeLessThanOrEqual(8);
    expect(first.length + rest.length).toBe(30);
  });

  it('stops when its time runs out and leaves the rest for the next', async () => {
    const records = Array.from({ length: 20 }, () => overdue());
    for (const record of records) await cloud.put(record);
    let looks = 0;

    const cut = await run({ mayContinue: () => ++looks <= 5 });
    const rest = await run();

    expect(cut).toHaveLength(5);
    expect(rest).toHaveLength(15);
  });

  it('lets an image that cannot be settled hold up no other, and comes back to it later', async () => {
    const broken = processing({
      ownerId: 'local',
      renditions: 'not a list' as never,
      renditionsTask: taskRecord({ state: 'done' }),
    });
    await cloud.put(broken);

    const { reconciliation } = await reconciled(ready());
    const after = await cloud.read(broken.imageId);

    expect(reconciliation).toMatchObject({ action: 'announce' });
    expect(after?.overdueAt && after.overdueAt > new Date().toISOString()).toBe(true);
  });
});
