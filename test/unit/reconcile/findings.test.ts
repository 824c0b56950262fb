// Reconciling: what is done for each finding.

import { describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { overdue, processing, ready, sequencer, taskRecord } from '../../support/image-records.ts';
import { done, inFifteenMinutes, now, useReconcileWorld } from '../support/reconcile-world.ts';

const world = useReconcileWorld();
const removed = { messageId: 'm', receiveCount: 1 };

describe('an upload URL that ran out', () => {
  it('unused expires its image', async () => {
    const record = overdue();

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'expire'));
    expect(after && statusOf(after)).toBe('expired');
    expect(after?.updatedAt).toBe(now.toISOString());
    expect(world().imageEvents.published).toEqual([]);
  });

  it('though its original came is republished, older than every event of S3, and looked at again later', async () => {
    const record = overdue();
    const eTag = await world().originals.put(originalKey(record.imageId), Buffer.from('photo'));

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'republish'));
    expect(world().uploads.republished).toEqual([
      {
        ...{ kind: 'created', imageId: record.imageId, bucket: 'originals', eTag, bytes: 5 },
        ...{ key: originalKey(record.imageId), sequencer: normalizeSequencer('0') },
        storedAt: expect.any(Number),
      },
    ]);
    expect(after).toEqual({ ...record, overdueAt: inFifteenMinutes, overdueShard: expect.any(String) });
  });
});

describe('work that may be tried again', () => {
  it('is looked at once its retries must have ended', async () => {
    const retriesEndAt = now.getTime() + 1;
    const record = processing({ retriesEndAt });

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'postpone'));
    expect(after).toEqual({ ...record, overdueAt: new Date(retriesEndAt).toISOString(), overdueShard: '0' });
  });
});

describe('work that no worker lived to end', () => {
  it('fails its tasks, and tells of the image', async () => {
    const record = processing();

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'fail'));
    expect(after).toMatchObject({
      renditionsTask: {
        ...{ state: 'failed' },
        failure: { code: 'internal', message: 'Processing failed on our side.' },
      },
      metadataTask: { state: 'done' },
    });
    expect(after?.overdueAt).toBeUndefined();
    expect(world().imageEvents.published.map(({ type }) => type)).toEqual(['image.failed']);
    expect(after?.announced).toBe(world().imageEvents.published[0]?.eventId);
  });

  it('is left to whoever took it up meanwhile, and nobody is told', async () => {
    const record = processing();
    const overtaken = {
      ...world().dependencies,
      overdue: { ...world().images.overdue, fail: async () => undefined },
    };
    await world().images.put(record);

    expect(await reconcile(overtaken)).toEqual(done(record, 'fail'));

    expect(world().imageEvents.published).toEqual([]);
  });
});

describe('an image that is settled', () => {
  it('is announced when nobody was told, and keeps what was made of it', async () => {
    const record = ready({ superseded: ['old'] });
    const keys = ['old', ...renditionKeys(record.imageId, sequencer, variants)];
    for (const key of keys) await world().renditions.put(key, {} as EncodedRendition);

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'announce'));
    expect(world().imageEvents.published).toEqual([imageEventOf(record)]);
    expect(after).toMatchObject({ announced: imageEventOf(record)?.eventId });
    expect(after).not.toHaveProperty('overdueAt');
    expect([...world().renditions.objects.keys()]).toEqual(keys);
  });

  it('is taken off the list without a word when everybody was told', async () => {
    const record = ready();
    const eventId = imageEventOf(record)?.eventId ?? '';

    const { reconciliations, after } = await world().reconciled({ ...record, announced: eventId });

    expect(reconciliations).toEqual(done(record, 'unlist'));
    expect(after).toMatchObject({ announced: eventId });
    expect(after).not.toHaveProperty('overdueAt');
    expect(world().imageEvents.published).toEqual([]);
  });
});

describe('a removal that was cut short', () => {
  it('is ended: objects deleted, unfinished work’s too, and consumers told', async () => {
    const { upload: _, ...removal } = overdue({ sequencer, removed, superseded: ['old'] });
    const record = { ...removal, renditionsTask: taskRecord() };
    const unfinished = renditionKeys(record.imageId, sequencer, variants);
    for (const key of ['old', 'other', ...unfinished])
      await world().renditions.put(key, {} as EncodedRendition);

    const { reconciliations, after } = await world().reconciled(record);

    expect(reconciliations).toEqual(done(record, 'clear'));
    expect([...world().renditions.objects.keys()]).toEqual(['other']);
    expect(world().imageEvents.published.map(({ type }) => type)).toEqual(['image.deleted']);
    expect(after).not.toHaveProperty('overdueAt');
  });
});

describe('an image that moved on since it was listed', () => {
  it.each([
    ['is gone', undefined],
    ['was put off', { overdueAt: inFifteenMinutes }],
  ])('that %s is left alone', async (_what, changes) => {
    const record = ready();
    const found = changes && { ...record, ...changes };
    const moved = {
      ...world().dependencies,
      overdue: { ...world().images.overdue, list: async () => [record.imageId] },
      table: { ...world().images.table, get: async () => found },
    };

    expect(await reconcile(moved)).toEqual(done(record, 'none'));

    expect(world().imageEvents.published).toEqual([]);
  });
});
