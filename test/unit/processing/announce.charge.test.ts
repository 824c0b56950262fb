// Announcing settles what the image counts as well, and leaves an image listed whose charge somebody else is at.

import { expect, it } from 'vitest';
import type { Charge } from '../../../shared/domain/charge.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { announceOnce } from '../../../shared/processing/announce.ts';
import { ready } from '../../support/image-records.ts';
import { createMemoryImageEvents } from '../../support/memory/messages.ts';
import { bytes, chargeWorld, deleted, now } from '../support/charge-world.ts';

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const isListed = (record: ImageRecord | undefined) => record?.overdueAt !== undefined;

function unlisted({ overdueAt: _at, overdueShard: _shard, ...record }: ImageRecord): ImageRecord {
  return record;
}

/** An image that somebody else has changed the charge of, until so many minutes from now. */
const leased = (count: number) => {
  const charge: Charge = { bytes, state: 'releasing', by: 'another', leaseUntil: minutes(count).getTime() };
  return deleted({ charge });
};

async function world(image: ImageRecord) {
  const { record, dependencies, ...rest } = await chargeWorld(image);
  const { markAnnounced } = rest.table;
  const imageEvents = createMemoryImageEvents();
  const table = { ...dependencies.table, markAnnounced };
  return {
    ...{ record, imageEvents, ...rest },
    announce: (lookAgainAt?: Date) =>
      announceOnce({ ...dependencies, table, imageEvents }, record, 'me', lookAgainAt),
  };
}

it.each([
  ['listed', deleted({ charge: { bytes } })],
  ['not listed', unlisted(deleted({ charge: { bytes } }))],
])(
  'gives back what a deleted image counts that is %s, and has nobody look at it again',
  async (_what, image) => {
    const { announce, stored, counted, imageEvents } = await world(image);

    await announce();

    expect(await stored()).toMatchObject({ charge: { state: 'released' }, announced: expect.any(String) });
    expect(isListed(await stored())).toBe(false);
    expect(await counted()).toMatchObject({ images: 1, moving: {} });
    expect(imageEvents.published).toHaveLength(1);
  },
);

it('leaves an image alone that somebody else has told of meanwhile, and that is not listed any more', async () => {
  const { record, announce, put, stored } = await world(deleted({ charge: { bytes } }));
  const since = { ...unlisted(record), charge: { bytes, state: 'released' } as const, announced: 'theirs' };
  await put(since);

  await announce();

  expect(await stored()).toEqual(since);
});

it.each([
  ['when the lease of its charge is over', 1, undefined, 1],
  ['when its caller wants to, where that is later', 1, 2, 2],
  ['when the lease of its charge is over, where that is later', 3, 2, 3],
])('has the image looked at again %s', async (_what, leasedFor, wantedIn, expected) => {
  const { announce, stored, imageEvents } = await world(leased(leasedFor));

  await announce(wantedIn === undefined ? undefined : minutes(wantedIn));

  expect(await stored()).toMatchObject({ overdueAt: minutes(expected).toISOString() });
  expect(imageEvents.published).toHaveLength(1);
});

it('has the image looked at again when its caller wants to, where its charge is settled', async () => {
  const { announce, stored } = await world(ready({ charge: { bytes } }));

  await announce(minutes(2));

  expect(await stored()).toMatchObject({ overdueAt: minutes(2).toISOString() });
});
