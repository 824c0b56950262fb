// The cursor of GET /images: good for the list that it is of, and sealed against everything else.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCursors } from '../../../shared/api/images/cursor.ts';
import { listImages } from '../../../shared/api/images/list-images.ts';
import type { Query } from '../../../shared/api/query.ts';
import { ready } from '../../support/image-records.ts';
import { createdAt, createListWorld } from '../support/list-world.ts';

describe('a cursor', () => {
  const cursorFor = async (query: Query = {}) => {
    const { put, list, dependencies } = createListWorld();
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
    const { dependencies } = createListWorld();

    await expect(listImages(dependencies, 'local', { cursor })).rejects.toMatchObject(refused);
  });
});
