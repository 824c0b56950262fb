// GET /images: the caller's images by pages, newest first, each once, whatever comes and goes meanwhile.

import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { listedStatuses } from '../../../shared/api/contract/queries.ts';
import { createCursors } from '../../../shared/api/images/cursor.ts';
import { type ImageList, listImages } from '../../../shared/api/images/list-images.ts';
import type { OwnersImages } from '../../../shared/api/ports.ts';
import type { Query } from '../../../shared/api/query.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { overdue, processing, ready } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

const begin = Date.parse('2026-11-02T12:00:00.000Z');
const createdAt = (index: number) => new Date(begin + index).toISOString();
const tombstone = { messageId: 'm', receiveCount: 1 };

function world() {
  const memory = createMemoryImages();
  const reads: number[] = [];
  const images: OwnersImages = {
    ...memory.owners,
    records(imageIds) {
      reads.push(imageIds.length);
      return memory.owners.records(imageIds);
    },
  };
  const signUrls = async ({ original }: Pick<ImageRecord, 'original'>, signedAt: Date) => ({
    ...{ original: `https://bucket/${original?.key}?${signedAt.toISOString()}` },
    renditions: new Map<string, string>(),
  });
  const cursors = createCursors('a key of this stage');
  const dependencies = { images, cursors, signUrls };
  const list = async (query: Query = {}, ownerId = 'local') =>
    (await listImages(dependencies, ownerId, query)).body as ImageList;
  return { ...memory, images, reads, dependencies, list };
}

/** All pages from the first on, and what is done between two. */
async function pages(
  list: (query: Query) => Promise<ImageList>,
  query: Query,
  between: () => Promise<void> = async () => {},
): Promise<string[]> {
  const met: string[] = [];
  for (let cursor: string | undefined; ; await between()) {
    const page = await list({ ...query, ...(cursor !== undefined && { cursor }) });
    expect(page.images.length).toBeLessThanOrEqual(Number(query['limit']));
    met.push(...idsOf(page));
    if (page.nextCursor === null) return met;
    cursor = page.nextCursor;
  }
}

const idsOf = ({ images }: ImageList) => images.map(({ imageId }) => imageId);

describe('a page', () => {
  it('has the caller’s images, newest first, each as GET /images/{imageId} tells it', async () => {
    const { put, list } = world();
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
    expect(await world().list()).toEqual({ images: [], nextCursor: null });
  });

  it.each([
    ['as long as it may be', { limit: '100' }, 100],
    ['as long as it is where nothing is said', {}, 50],
    ['of one', { limit: '1' }, 1],
  ])('is %s, and says where the next one begins', async (_what, query, length) => {
    const { put, list } = world();
    for (let index = 0; index < 120; index += 1) await put(ready({ createdAt: createdAt(index) }));

    const page = await list(query);

    expect(page.images).toHaveLength(length);
    expect(page.nextCursor).toEqual(expect.any(String));
  });

  it('that ends with the last image has no cursor', async () => {
    const { put, list } = world();
    for (let index = 0; index < 2; index += 1) await put(ready({ createdAt: createdAt(index) }));

    expect(await list({ limit: '2' })).toMatchObject({ nextCursor: null });
  });

  it('asks the index for its own images, and for one more that tells whether there is another page', async () => {
    const { images, list } = world();
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
    const { put, list, images } = world();
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
    const { put, dependencies } = world();
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
    const { put, list } = world();
    for (const record of [ready(), ready(), processing(), overdue()]) await put(record);

    const page = await list({ status });

    expect(page.images.map((image) => image.status)).toEqual(Array(count).fill(status));
  });

  it('looks at 300 images a page, and goes on from there even where it found none', async () => {
    const { put, list, reads } = world();
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
    const { put, list, reads } = world();
    for (let index = 0; index < 300; index += 1)
      await put((index % 10 === 0 ? ready : processing)({ createdAt: createdAt(index) }));

    const page = await list({ status: 'ready', limit: '10' });

    expect(reads).toEqual([10, 10, 20, 40, 80]);
    expect(page.images).toHaveLength(10);
    const rest = await list({ status: 'ready', limit: '100', cursor: page.nextCursor ?? '' });
    expect(new Set([...idsOf(page), ...idsOf(rest)]).size).toBe(30);
  });

  it('reads no more than it needs while everything fits', async () => {
    const { put, list, reads } = world();
    for (let index = 0; index < 200; index += 1) await put(ready({ createdAt: createdAt(index) }));

    await list({ status: 'ready', limit: '10' });

    expect(reads).toEqual([10]);
  });
});

describe('a request', () => {
  const fault = async (query: Query, ownerId = 'local') => {
    const { dependencies } = world();
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

describe('a cursor', () => {
  const cursorFor = async (query: Query = {}) => {
    const { put, list, dependencies } = world();
    for (let index = 0; index < 3; index += 1) await put(ready({ createdAt: createdAt(index) }));
    const { nextCursor } = await list({ ...query, limit: '1' });
    return { cursor: nextCursor ?? '', dependencies };
  };
  const message = 'must be the nextCursor of this very list, with the same filter';
  const refused = { code: 'invalid-request', errors: [{ field: 'cursor', message }] };

  it('may stand in a URL as it is', async () => {
    expect((await cursorFor()).cursor).toMatch(/^[\w-]+\.[\w-]{43}$/);
  });

  it('is good for its owner and its filter, and for any length of page', async () => {
    const { cursor, dependencies } = await cursorFor({ status: 'ready' });

    const query = { status: 'ready', cursor, limit: '100' };
    expect(await listImages(dependencies, 'local', query)).toMatchObject({ status: 200 });
  });

  it.each([
    ['another owner', 'somebody', { status: 'ready' }],
    ['another filter', 'local', { status: 'failed' }],
    ['no filter', 'local', {}],
  ])('is refused to %s', async (_whom, ownerId, query) => {
    const { cursor, dependencies } = await cursorFor({ status: 'ready' });

    await expect(listImages(dependencies, ownerId, { ...query, cursor })).rejects.toMatchObject(refused);
  });

  it('of another stage is refused', async () => {
    const { cursor, dependencies } = await cursorFor();

    const cursors = createCursors('the key of another stage');
    await expect(listImages({ ...dependencies, cursors }, 'local', { cursor })).rejects.toMatchObject(
      refused,
    );
  });

  it('is refused with any of its characters changed, taken away or added', async () => {
    const { cursor, dependencies } = await cursorFor();

    await fc.assert(
      fc.asyncProperty(
        fc.nat(cursor.length - 1),
        fc.constantFrom('', 'A', 'b', '-', '_', '.', '=', ' ', 'é', '\u0000'),
        fc.boolean(),
        async (at, character, isAdded) => {
          const altered = cursor.slice(0, at) + character + cursor.slice(isAdded ? at : at + 1);
          fc.pre(altered !== cursor);
          await expect(listImages(dependencies, 'local', { cursor: altered })).rejects.toMatchObject(refused);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each(['', '.', 'x', 'bnVsbA.', 'W10.x', 'e30.x', 'MQ.x'])('is not `%s`', async (cursor) => {
    const { dependencies } = world();

    await expect(listImages(dependencies, 'local', { cursor })).rejects.toMatchObject(refused);
  });
});

describe('paging while images come and go', () => {
  /** What happens between two pages: images are made, and some of those that are there are deleted. */
  const churn = fc.array(fc.record({ made: fc.nat(3), deleted: fc.array(fc.nat(1000), { maxLength: 3 }) }), {
    maxLength: 30,
  });

  it('meets each image that was there from the beginning to the end once, and none twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          images: fc.array(fc.record({ age: fc.nat(20), isReady: fc.boolean() }), { maxLength: 60 }),
          limit: fc.integer({ min: 1, max: 20 }),
          isFiltered: fc.boolean(),
          churn,
        }),
        async ({ images, limit, isFiltered, churn: changes }) => {
          const { put, table, list } = world();
          const there = new Map<string, ImageRecord>();
          const make = async (record: ImageRecord) => {
            there.set(record.imageId, record);
            await put(record);
          };
          for (const { age, isReady } of images)
            await make((isReady ? ready : processing)({ imageId: uuidv7(), createdAt: createdAt(age) }));
          const throughout = new Set(there.keys());
          const rest = changes.values();
          const met = await pages(
            list,
            { limit: String(limit), ...(isFiltered && { status: 'ready' }) },
            async () => {
              const { made = 0, deleted = [] } = rest.next().value ?? {};
              for (let index = 0; index < made; index += 1) await make(ready({ createdAt: createdAt(1000) }));
              for (const which of deleted) {
                const imageId = [...there.keys()][which % Math.max(1, there.size)];
                if (imageId === undefined) continue;
                const event = { kind: 'removed', imageId, bucket: 'b', key: 'k', sequencer: 'F' } as const;
                await table.markDeleted(event, tombstone);
                throughout.delete(imageId);
              }
            },
          );

          expect(new Set(met).size).toBe(met.length);
          const wanted = (record?: ImageRecord) => !isFiltered || record?.renditionsTask?.state === 'done';
          const missed = [...throughout].filter(
            (imageId) => wanted(there.get(imageId)) && !met.includes(imageId),
          );
          expect(missed).toEqual([]);
          for (const imageId of met) expect(wanted(there.get(imageId))).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });
});
