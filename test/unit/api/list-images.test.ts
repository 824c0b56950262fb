// GET /images: the caller's images by pages, newest first, and those of one status.

import { describe, expect, it } from 'vitest';
import { listedStatuses } from '../../../shared/api/contract/queries.ts';
import { type ImageList, listImages } from '../../../shared/api/images/list-images.ts';
import type { Query } from '../../../shared/api/query.ts';
import { overdue, processing, ready } from '../../support/image-records.ts';
import { begin, createdAt, createListWorld, idsOf, tombstone } from '../support/list-world.ts';

describe('a page', () => {
  it('has the caller’s images, newest first, each as GET /images/{imageId} tells it', async () => {
    const { put, list } = createListWorld();
    const [older, newer] = [ready({ createdAt: createdAt(1) }), processing({ createdAt: createdAt(2) })];
    const original = { bucket: 'b', key: 'k', eTag: 'e', bytes: 5 };
    for (const record of [{ ...older, original }, newer, ready({ ownerId: 'somebody' })]) await put(record);

    const page = await list();

    expect(idsOf(page)).toEqual([newer.imageId, older.imageId]);
    expect(page).toMatchObject({
      images: [
        { status: 'processing' },
        { status: 'ready', original: { url: expect.stringContaining('/') } },
      ],
      nextCursor: null,
    });
  });

  it('of nothing has no images and no cursor', async () => {
    expect(await createListWorld().list()).toEqual({ images: [], nextCursor: null });
  });

  it.each([
    ['as long as it may be', { limit: '100' }, 100],
    ['as long as it is where nothing is said', {}, 50],
    ['of one', { limit: '1' }, 1],
  ])('is %s, and says where the next one begins', async (_what, query, length) => {
    const { put, list } = createListWorld();
    for (let index = 0; index < 120; index += 1) await put(ready({ createdAt: createdAt(index) }));

    const page = await list(query);

    expect(page.images).toHaveLength(length);
    expect(page.nextCursor).toEqual(expect.any(String));
  });

  it('that ends with the last image has no cursor', async () => {
    const { put, list } = createListWorld();
    for (let index = 0; index < 2; index += 1) await put(ready({ createdAt: createdAt(index) }));

    expect(await list({ limit: '2' })).toMatchObject({ nextCursor: null });
  });

  it('asks the index for its own images, and for one more that tells whether there is another page', async () => {
    const { images, list } = createListWorld();
    const asked: number[] = [];
    const { positions } = images;
    images.positions = (ownerId, limit, after) => {
      asked.push(limit);
      return positions(ownerId, limit, after);
    };

    await list({ limit: '10' });

    expect(asked).toEqual([11]);
  });

  it('leaves out what the index has and the caller has not any more', async () => {
    const { put, list, images } = createListWorld();
    const shown = ready({ createdAt: createdAt(1) });
    const hidden = [
      ready({ createdAt: createdAt(2), removed: tombstone }),
      ready({ createdAt: createdAt(3), ownerId: 'somebody' }),
      ready({ createdAt: createdAt(4) }),
    ];
    for (const record of [shown, ...hidden.slice(0, 2)]) await put(record);
    const positions = [...hidden, shown].map((record) => ({ ...record, createdAt: record.createdAt ?? '' }));
    images.positions = async () => positions;

    expect(idsOf(await list())).toEqual([shown.imageId]);
  });

  it('signs all its URLs as of one time', async () => {
    const { put, dependencies } = createListWorld();
    const original = { bucket: 'b', key: 'k', eTag: 'e', bytes: 5 };
    for (const index of [1, 2]) await put(ready({ createdAt: createdAt(index), original }));
    const clock = () => new Date(begin + 1_799_999);

    const { body } = await listImages({ ...dependencies, clock }, 'local', {});

    const urls = (body as ImageList).images.map((image) => image.original?.url?.split('?')[1]);
    expect(urls).toEqual([createdAt(0), createdAt(0)]);
  });
});

describe('a list by status', () => {
  it.each([
    ['ready', 2],
    ['processing', 1],
    ['awaiting-upload', 1],
    ['failed', 0],
  ])('has those that are %s', async (status, count) => {
    const { put, list } = createListWorld();
    for (const record of [ready(), ready(), processing(), overdue()]) await put(record);

    const page = await list({ status });

    expect(page.images.map((image) => image.status)).toEqual(Array(count).fill(status));
  });

  it('looks at 300 images a page, and goes on from there even where it found none', async () => {
    const { put, list, reads } = createListWorld();
    const found = ready({ createdAt: createdAt(0) });
    await put(found);
    for (let index = 1; index <= 300; index += 1) await put(processing({ createdAt: createdAt(index) }));

    const first = await list({ status: 'ready', limit: '10' });
    expect(first).toEqual({ images: [], nextCursor: expect.any(String) });
    expect(reads.reduce((sum, one) => sum + one, 0)).toBe(300);

    const second = await list({ status: 'ready', limit: '10', cursor: first.nextCursor ?? '' });
    expect(idsOf(second)).toEqual([found.imageId]);
    expect(second.nextCursor).toBeNull();
  });

  it('reads as many again as it has read, until the page is full, and no more of it than that', async () => {
    const { put, list, reads } = createListWorld();
    for (let index = 0; index < 300; index += 1)
      await put((index % 10 === 0 ? ready : processing)({ createdAt: createdAt(index) }));

    const page = await list({ status: 'ready', limit: '10' });

    expect(reads).toEqual([10, 10, 20, 40, 80]);
    expect(page.images).toHaveLength(10);
    const rest = await list({ status: 'ready', limit: '100', cursor: page.nextCursor ?? '' });
    expect(new Set([...idsOf(page), ...idsOf(rest)]).size).toBe(30);
  });

  it('reads no more than it needs while everything fits', async () => {
    const { put, list, reads } = createListWorld();
    for (let index = 0; index < 200; index += 1) await put(ready({ createdAt: createdAt(index) }));

    await list({ status: 'ready', limit: '10' });

    expect(reads).toEqual([10]);
  });
});

describe('a request', () => {
  const fault = async (query: Query, ownerId = 'local') => {
    const { dependencies } = createListWorld();
    return listImages(dependencies, ownerId, query).catch((error) => error);
  };

  it('is told of everything that is wrong with it at once', async () => {
    expect(await fault({ limit: '0', status: 'gone', order: 'up' })).toMatchObject({
      ...{ name: 'Problem', code: 'invalid-request' },
      errors: expect.arrayContaining([
        { field: 'limit', message: 'must be a whole number from 1 to 100' },
        { field: 'status', message: `must be one of ${listedStatuses.join(', ')}` },
        { field: 'order', message: 'unknown parameter `order`' },
      ]),
    });
  });

  it.each(['0', '101', '1.5', '', '20,20', '1e1', '-5'])('may not want `%s` images', async (limit) => {
    expect(await fault({ limit })).toMatchObject({ errors: [{ field: 'limit' }] });
  });

  it('may not want deleted images, which nobody is told of', async () => {
    expect(await fault({ status: 'deleted' })).toMatchObject({ errors: [{ field: 'status' }] });
  });
});
