// Random histories of GET /images: whatever comes and goes between two pages, each image is met once.

import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { ImageList } from '../../../shared/api/images/list-images.ts';
import type { Query } from '../../../shared/api/query.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { processing, ready } from '../../support/image-records.ts';
import { createdAt, createListWorld, idsOf, tombstone } from '../support/list-world.ts';

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
          const { put, table, list } = createListWorld();
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
