// A deleted image behind an edge: its renditions are served no longer, from no cache, and nobody else's are forgotten.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteImage } from '../../shared/api/images/delete-image.ts';
import { createRenditionCaches } from '../../shared/aws/rendition-caches.ts';
import { variants } from '../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../shared/processing/rendition-objects.ts';
import { createRecordedClients } from '../unit/support/recorded-clients.ts';
import { createWorld, imageId, now } from '../unit/support/worker-world.ts';
import { type EdgeWorld, otherId, recordOf, startEdgeWorld } from './support/edge-world.ts';

const distribution = 'EDFDVBD6EXAMPLE';

let world: EdgeWorld;

beforeEach(async () => {
  world = await startEdgeWorld();
});
afterEach(() => world.stop());

/** The image's owner, about to delete it. @param answer of CloudFront, where it is not that all is well */
async function deletion(answer?: { status: number; body: string }) {
  const clients = createRecordedClients();
  if (answer) clients.answer(answer);
  const { images, ledger, imageEvents, originals, record, announcements } = createWorld();
  await images.put({ ...recordOf(imageId), ownerId: 'unowned' });
  const caches = createRenditionCaches(clients.cloudFront, distribution);
  const dependencies = {
    ...{ table: images.table, ledger, removals: images.owners, imageEvents, clock: () => now },
    objects: createRenditionObjects(world.store, originals, variants, caches),
  };
  return {
    ...{ record, announcements },
    run: () => deleteImage(dependencies, 'unowned', imageId),
    /** Paths that the distribution was asked to forget. */
    forgotten: () =>
      clients.sent.flatMap(({ path, body }) => {
        expect(path).toBe(`/2020-05-31/distribution/${distribution}/invalidation`);
        return [...body.matchAll(/<Path>(.*?)<\/Path>/g)].map(([, name = '']) => name);
      }),
  };
}

describe('an image that is deleted', () => {
  it('is served no longer from where its renditions were cached; another one still is', async () => {
    const urls = await world.urlsOf(imageId);
    const [other = ''] = await world.urlsOf(otherId);
    for (const address of [...urls, other]) await world.get(address);
    expect((await world.get(urls[0] ?? '')).isHit).toBe(true);
    const { run, forgotten, announcements } = await deletion();

    await run();

    expect(forgotten()).toEqual([`/renditions/${imageId}/*`]);
    for (const path of forgotten()) world.invalidate(path);
    for (const address of urls) expect(await world.statusOf(address)).toBe(403);
    expect((await world.get(other)).isHit).toBe(true);
    expect(announcements()).toEqual(['image.deleted']);
  });

  it('stays overdue and is told to nobody while the distribution has too much to forget already', async () => {
    const body =
      '<ErrorResponse><Error><Type>Sender</Type><Code>TooManyInvalidationsInProgress</Code><Message>Later</Message></Error></ErrorResponse>';
    const { run, record, announcements } = await deletion({ status: 400, body });

    await expect(run()).rejects.toMatchObject({
      ...{ name: 'TransientFailure', code: 'dependency-unavailable' },
      message: expect.stringContaining('CloudFront CreateInvalidation'),
    });

    expect(await record()).toMatchObject({ removed: { byOwner: true }, overdueAt: expect.anything() });
    expect(announcements()).toEqual([]);
  });

  it('asks nothing of CloudFront where there is no distribution', async () => {
    const { cloudFront, sent } = createRecordedClients();

    await createRenditionCaches(cloudFront, '').forget(imageId);

    expect(sent).toEqual([]);
  });
});
