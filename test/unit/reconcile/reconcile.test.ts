// Reconciling on stores in memory: what is done for each finding, what a fault costs, and where a run ends.

import { beforeEach, describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import { normalizeSequencer } from '../../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey, renditionKeys } from '../../../shared/domain/object-keys.ts';
import { statusOf } from '../../../shared/domain/status.ts';
import { variants } from '../../../shared/domain/variants.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import {
  type ReconcileDependencies,
  type ReconcileOptions,
  type Reconciliation,
  reconcile,
} from '../../../shared/reconcile/reconcile.ts';
import { overdue, processing, ready, sequencer, taskRecord } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createMemoryImageEvents, createMemoryUploadsTopic } from '../../support/memory/messages.ts';
import { createMemoryOriginals, createMemoryRenditions } from '../../support/memory/stores.ts';

const now = new Date(Date.now() + 60_000);
const inFifteenMinutes = new Date(now.getTime() + 15 * 60_000).toISOString();
const removed = { messageId: 'm', receiveCount: 1 };

const announced = (record: ImageRecord) => ({ ...record, announced: imageEventOf(record)?.eventId ?? '' });

let images: ReturnType<typeof createMemoryImages>;
let originals: ReturnType<typeof createMemoryOriginals>;
let renditions: ReturnType<typeof createMemoryRenditions>;
let uploads: ReturnType<typeof createMemoryUploadsTopic>;
let imageEvents: ReturnType<typeof createMemoryImageEvents>;
let dependencies: ReconcileDependencies;

beforeEach(() => {
  images = createMemoryImages(() => now);
  originals = createMemoryOriginals('originals');
  renditions = createMemoryRenditions();
  uploads = createMemoryUploadsTopic();
  imageEvents = createMemoryImageEvents();
  dependencies = {
    ...{ table: images.table, overdue: images.overdue, originals, uploads, imageEvents },
    objects: createRenditionObjects(renditions, originals, variants),
    ...{ maxImages: 100, clock: () => now },
  };
});

/** One run over one image. */
async function reconciled(record: ImageRecord, options?: ReconcileOptions) {
  await images.put(record);
  const reconciliations = await reconcile(dependencies, options);
  return { reconciliations, after: await images.table.get(record.imageId) };
}

function done(record: ImageRecord, action: string): Reconciliation[] {
  return [{ imageId: record.imageId, action }] as Reconciliation[];
}

describe('an upload URL that ran out', () => {
  it('unused expires its image', async () => {
    const record = overdue();

    const { reconciliations, after } = await reconciled(record);

    expect(reconciliations).toEqual(done(record, 'expire'));
    expect(after && statusOf(after)).toBe('expired');
    expect(after?.updatedAt).toBe(now.toISOString());
    expect(imageEvents.published).toEqual([]);
  });

  it('though its original came is republished, older than every event of S3, and looked at again later', async () => {
    const record = overdue();
    const eTag = await originals.put(originalKey(record.imageId), Buffer.from('photo'));

    const { reconciliations, after } = await reconciled(record);

    expect(reconciliations).toEqual(done(record, 'republish'));
    expect(uploads.republished).toEqual([
      {
        ...{ kind: 'created', imageId: record.imageId, bucket: 'originals', eTag, bytes: 5 },
        ...{ key: originalKey(record.imageId), sequencer: normalizeSequencer('0') },
      },
    ]);
    expect(after).toEqual({ ...record, overdueAt: inFifteenMinutes, overdueShard: expect.any(String) });
  });
});

describe('work that no worker lived to end', () => {
  it('fails its tasks, and tells of the image', async () => {
    const record = processing();

    const { reconciliations, after } = await reconciled(record);

    expect(reconciliations).toEqual(done(record, 'fail'));
    expect(after).toMatchObject({
      renditionsTask: {
        ...{ state: 'failed' },
        failure: { code: 'internal', message: 'Processing failed on our side.' },
      },
      metadataTask: { state: 'done' },
    });
    expect(after?.overdueAt).toBeUndefined();
    expect(imageEvents.published.map(({ type }) => type)).toEqual(['image.failed']);
    expect(after?.announced).toBe(imageEvents.published[0]?.eventId);
  });

  it('is left to whoever took it up meanwhile, and nobody is told', async () => {
    const record = processing();
    const overtaken = { ...dependencies, overdue: { ...images.overdue, fail: async () => undefined } };
    await images.put(record);

    expect(await reconcile(overtaken)).toEqual(done(record, 'fail'));

    expect(imageEvents.published).toEqual([]);
  });
});

describe('an image that is settled', () => {
  it('is announced when nobody was told, and keeps what was made of it', async () => {
    const record = ready({ superseded: ['old'] });
    const keys = ['old', ...renditionKeys(record.imageId, sequencer, variants)];
    for (const key of keys) await renditions.put(key, {} as EncodedRendition);

    const { reconciliations, after } = await reconciled(record);

    expect(reconciliations).toEqual(done(record, 'announce'));
    expect(imageEvents.published).toEqual([imageEventOf(record)]);
    expect(after).toMatchObject({ announced: imageEventOf(record)?.eventId });
    expect(after).not.toHaveProperty('overdueAt');
    expect([...renditions.objects.keys()]).toEqual(keys);
  });

  it('is taken off the list without a word when everybody was told', async () => {
    const record = ready();
    const eventId = imageEventOf(record)?.eventId ?? '';

    const { reconciliations, after } = await reconciled({ ...record, announced: eventId });

    expect(reconciliations).toEqual(done(record, 'unlist'));
    expect(after).toMatchObject({ announced: eventId });
    expect(after).not.toHaveProperty('overdueAt');
    expect(imageEvents.published).toEqual([]);
  });
});

describe('a removal that was cut short', () => {
  it('is ended: objects deleted, unfinished work’s too, and consumers told', async () => {
    const record = overdue({ sequencer, removed, superseded: ['old'], renditionsTask: taskRecord() });
    const unfinished = renditionKeys(record.imageId, sequencer, variants);
    for (const key of ['old', 'other', ...unfinished]) await renditions.put(key, {} as EncodedRendition);

    const { reconciliations, after } = await reconciled(record);

    expect(reconciliations).toEqual(done(record, 'clear'));
    expect([...renditions.objects.keys()]).toEqual(['other']);
    expect(imageEvents.published.map(({ type }) => type)).toEqual(['image.deleted']);
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
      ...dependencies,
      overdue: { ...images.overdue, list: async () => [record.imageId] },
      table: { ...images.table, get: async () => found },
    };

    expect(await reconcile(moved)).toEqual(done(record, 'none'));

    expect(imageEvents.published).toEqual([]);
  });
});

describe('an image that cannot be dealt with', () => {
  const broken = new Error('SNS is away');

  function withBrokenTopic(): ReconcileDependencies {
    return { ...dependencies, imageEvents: { publish: () => Promise.reject(broken) } };
  }

  it('is told with its error, and looked at again after the others', async () => {
    const record = ready();
    await images.put(record);

    const reconciliations = await reconcile(withBrokenTopic());

    expect(reconciliations).toEqual([{ imageId: record.imageId, action: 'announce', error: broken }]);
    expect(await images.table.get(record.imageId)).toMatchObject({ overdueAt: inFifteenMinutes });
  });

  const reject = () => Promise.reject(broken);
  it.each<[string, ImageRecord, Partial<ReconcileDependencies> | (() => Partial<ReconcileDependencies>)]>([
    ['expire', overdue(), () => ({ overdue: { ...images.overdue, expire: reject } })],
    ['fail', processing(), () => ({ overdue: { ...images.overdue, fail: reject } })],
    ['fail', processing(), { imageEvents: { publish: reject } }],
    ['announce', ready(), () => ({ table: { ...images.table, markAnnounced: reject } })],
    ['clear', overdue({ sequencer, removed }), { imageEvents: { publish: reject } }],
    ['unlist', announced(ready()), () => ({ table: { ...images.table, markAnnounced: reject } })],
  ])('is told whatever could not be done: %s', async (action, record, changes) => {
    await images.put(record);
    const changed = typeof changes === 'function' ? changes() : changes;

    const reconciliations = await reconcile({ ...dependencies, ...changed });

    expect(reconciliations).toEqual([{ imageId: record.imageId, action, error: broken }]);
  });

  it.each(['republish', 'postpone'] as const)(
    'is told when an upload cannot be put before workers: %s',
    async (step) => {
      const record = overdue();
      await images.put(record);
      await originals.put(originalKey(record.imageId), Buffer.from('photo'));
      const changes =
        step === 'republish'
          ? { uploads: { republish: reject } }
          : { overdue: { ...images.overdue, postpone: reject } };

      expect(await reconcile({ ...dependencies, ...changes })).toEqual([
        { imageId: record.imageId, action: 'republish', error: broken },
      ]);
    },
  );

  it('keeps no other image from being dealt with', async () => {
    const [one, other] = [overdue(), ready()];
    await images.put(one);
    await images.put(other);

    const reconciliations = await reconcile(withBrokenTopic());

    expect(reconciliations.map(({ action, error }) => [action, error]).toSorted()).toEqual([
      ['announce', broken],
      ['expire', undefined],
    ]);
  });

  it('is told as an error though something else was thrown, and though it cannot be put off either', async () => {
    const record = ready();
    await images.put(record);
    const unlucky = {
      ...dependencies,
      overdue: { ...images.overdue, postpone: () => Promise.reject(new Error('no table')) },
      imageEvents: { publish: () => Promise.reject('a word') },
    };

    expect(await reconcile(unlucky)).toEqual([
      { imageId: record.imageId, action: 'announce', error: new Error('a word') },
    ]);
  });

  it('is told with no action when it cannot even be read', async () => {
    const record = ready();
    await images.put(record);
    const unreadable = { ...dependencies, table: { ...images.table, get: () => Promise.reject(broken) } };

    expect(await reconcile(unreadable)).toEqual([{ imageId: record.imageId, action: 'none', error: broken }]);
    expect(await images.table.get(record.imageId)).toEqual(record);
  });
});

describe('a run', () => {
  it('only looks when it is dry', async () => {
    const record = ready();

    const { reconciliations, after } = await reconciled(record, { isDryRun: true });

    expect(reconciliations).toEqual(done(record, 'announce'));
    expect(after).toEqual(record);
    expect(imageEvents.published).toEqual([]);
  });

  it('leaves an image alone that it could not look into, when it is dry', async () => {
    const record = overdue();
    await images.put(record);
    const unlucky = { ...dependencies, originals: { find: () => Promise.reject(new Error('S3 is away')) } };

    const [reconciliation] = await reconcile(unlucky, { isDryRun: true });

    expect(reconciliation).toMatchObject({ action: 'none', error: { message: 'S3 is away' } });
    expect(await images.table.get(record.imageId)).toEqual(record);
  });

  it('looks at no more images than it may', async () => {
    for (let image = 0; image < 5; image += 1) await images.put(ready());

    expect(await reconcile({ ...dependencies, maxImages: 3 })).toHaveLength(3);
  });

  it('looks at no more than eight at a time', async () => {
    for (let image = 0; image < 20; image += 1) await images.put(ready());
    let [running, most] = [0, 0];
    const counted = {
      ...dependencies,
      table: {
        ...images.table,
        async get(imageId: string) {
          running += 1;
          most = Math.max(most, running);
          const record = await images.table.get(imageId);
          running -= 1;
          return record;
        },
      },
    };

    expect(await reconcile(counted)).toHaveLength(20);
    expect(most).toBe(8);
  });

  it('ends early when its time runs out, and tells nothing of images that it did not look at', async () => {
    for (let image = 0; image < 5; image += 1) await images.put(ready());
    let looks = 0;

    const reconciliations = await reconcile(dependencies, {
      mayContinue() {
        looks += 1;
        return looks <= 2;
      },
    });

    expect(reconciliations).toHaveLength(2);
    expect(imageEvents.published).toHaveLength(2);
  });

  it('fails as a whole only when it cannot ask who is overdue', async () => {
    const blind = {
      ...dependencies,
      overdue: { ...images.overdue, list: () => Promise.reject(new Error('no index')) },
    };

    await expect(reconcile(blind)).rejects.toThrow('no index');
  });

  it('takes the time from the clock on the wall where it is given none', async () => {
    const { clock: _clock, ...withoutClock } = dependencies;
    await images.put(ready());
    await images.put(ready({ overdueAt: new Date(Date.now() + 60_000).toISOString() }));

    expect(await reconcile(withoutClock)).toHaveLength(1);
  });
});
