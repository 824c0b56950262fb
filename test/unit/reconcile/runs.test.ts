// Reconciling: what a fault costs, and where a run ends.

import { describe, expect, it } from 'vitest';
import { imageEventOf } from '../../../shared/domain/events/image-event.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import { type ReconcileDependencies, reconcile } from '../../../shared/reconcile/reconcile.ts';
import { overdue, processing, ready, sequencer } from '../../support/image-records.ts';
import { done, inFifteenMinutes, useReconcileWorld } from '../support/reconcile-world.ts';

const world = useReconcileWorld();
const removed = { messageId: 'm', receiveCount: 1 };
const announced = (record: ImageRecord) => ({ ...record, announced: imageEventOf(record)?.eventId ?? '' });

describe('an image that cannot be dealt with', () => {
  const broken = new Error('SNS is away');

  function withBrokenTopic(): ReconcileDependencies {
    return { ...world().dependencies, imageEvents: { publish: () => Promise.reject(broken) } };
  }

  it('is told with its error, and looked at again after the others', async () => {
    const record = ready();
    await world().images.put(record);

    const reconciliations = await reconcile(withBrokenTopic());

    expect(reconciliations).toEqual([{ imageId: record.imageId, action: 'announce', error: broken }]);
    expect(await world().images.table.get(record.imageId)).toMatchObject({ overdueAt: inFifteenMinutes });
  });

  const reject = () => Promise.reject(broken);
  it.each<[string, ImageRecord, Partial<ReconcileDependencies> | (() => Partial<ReconcileDependencies>)]>([
    ['expire', overdue(), () => ({ overdue: { ...world().images.overdue, expire: reject } })],
    ['fail', processing(), () => ({ overdue: { ...world().images.overdue, fail: reject } })],
    ['fail', processing(), { imageEvents: { publish: reject } }],
    ['announce', ready(), () => ({ table: { ...world().images.table, markAnnounced: reject } })],
    ['clear', overdue({ sequencer, removed }), { imageEvents: { publish: reject } }],
    ['unlist', announced(ready()), () => ({ table: { ...world().images.table, markAnnounced: reject } })],
  ])('is told whatever could not be done: %s', async (action, record, changes) => {
    await world().images.put(record);
    const changed = typeof changes === 'function' ? changes() : changes;

    const reconciliations = await reconcile({ ...world().dependencies, ...changed });

    expect(reconciliations).toEqual([{ imageId: record.imageId, action, error: broken }]);
  });

  it.each(['republish', 'postpone'] as const)(
    'is told when an upload cannot be put before workers: %s',
    async (step) => {
      const record = overdue();
      await world().images.put(record);
      await world().originals.put(originalKey(record.imageId), Buffer.from('photo'));
      const changes =
        step === 'republish'
          ? { uploads: { republish: reject } }
          : { overdue: { ...world().images.overdue, postpone: reject } };

      expect(await reconcile({ ...world().dependencies, ...changes })).toEqual([
        { imageId: record.imageId, action: 'republish', error: broken },
      ]);
    },
  );

  it('keeps no other image from being dealt with', async () => {
    const [one, other] = [overdue(), ready()];
    await world().images.put(one);
    await world().images.put(other);

    const reconciliations = await reconcile(withBrokenTopic());

    expect(reconciliations.map(({ action, error }) => [action, error]).toSorted()).toEqual([
      ['announce', broken],
      ['expire', undefined],
    ]);
  });

  it('is told as an error though something else was thrown, and though it cannot be put off either', async () => {
    const record = ready();
    await world().images.put(record);
    const unlucky = {
      ...world().dependencies,
      overdue: { ...world().images.overdue, postpone: () => Promise.reject(new Error('no table')) },
      imageEvents: { publish: () => Promise.reject('a word') },
    };

    expect(await reconcile(unlucky)).toEqual([
      { imageId: record.imageId, action: 'announce', error: new Error('a word') },
    ]);
  });

  it('is told with no action when it cannot even be read', async () => {
    const record = ready();
    await world().images.put(record);
    const unreadable = {
      ...world().dependencies,
      table: { ...world().images.table, get: () => Promise.reject(broken) },
    };

    expect(await reconcile(unreadable)).toEqual([{ imageId: record.imageId, action: 'none', error: broken }]);
    expect(await world().images.table.get(record.imageId)).toEqual(record);
  });
});

describe('a run', () => {
  it('only looks when it is dry', async () => {
    const record = ready();

    const { reconciliations, after } = await world().reconciled(record, { isDryRun: true });

    expect(reconciliations).toEqual(done(record, 'announce'));
    expect(after).toEqual(record);
    expect(world().imageEvents.published).toEqual([]);
  });

  it('leaves an image alone that it could not look into, when it is dry', async () => {
    const record = overdue();
    await world().images.put(record);
    const unlucky = {
      ...world().dependencies,
      originals: { find: () => Promise.reject(new Error('S3 is away')) },
    };

    const [reconciliation] = await reconcile(unlucky, { isDryRun: true });

    expect(reconciliation).toMatchObject({ action: 'none', error: { message: 'S3 is away' } });
    expect(await world().images.table.get(record.imageId)).toEqual(record);
  });

  it('looks at no more images than it may', async () => {
    for (let image = 0; image < 5; image += 1) await world().images.put(ready());

    expect(await reconcile({ ...world().dependencies, maxImages: 3 })).toHaveLength(3);
  });

  it('looks at no more than eight at a time', async () => {
    for (let image = 0; image < 20; image += 1) await world().images.put(ready());
    let [running, most] = [0, 0];
    const counted = {
      ...world().dependencies,
      table: {
        ...world().images.table,
        async get(imageId: string) {
          running += 1;
          most = Math.max(most, running);
          const record = await world().images.table.get(imageId);
          running -= 1;
          return record;
        },
      },
    };

    expect(await reconcile(counted)).toHaveLength(20);
    expect(most).toBe(8);
  });

  it('ends early when its time runs out, and tells nothing of images that it did not look at', async () => {
    for (let image = 0; image < 5; image += 1) await world().images.put(ready());
    let looks = 0;

    const reconciliations = await reconcile(world().dependencies, {
      mayContinue() {
        looks += 1;
        return looks <= 2;
      },
    });

    expect(reconciliations).toHaveLength(2);
    expect(world().imageEvents.published).toHaveLength(2);
  });

  it('fails as a whole only when it cannot ask who is overdue', async () => {
    const blind = {
      ...world().dependencies,
      overdue: { ...world().images.overdue, list: () => Promise.reject(new Error('no index')) },
    };

    await expect(reconcile(blind)).rejects.toThrow('no index');
  });

  it('takes the time from the clock on the wall where it is given none', async () => {
    const { clock: _clock, ...withoutClock } = world().dependencies;
    await world().images.put(ready());
    await world().images.put(ready({ overdueAt: new Date(Date.now() + 60_000).toISOString() }));

    expect(await reconcile(withoutClock)).toHaveLength(1);
  });
});
