// GET /images/{imageId}: the caller's own image with its URLs, and nothing of anybody else's.

import { describe, expect, it } from 'vitest';
import { getImage } from '../../../shared/api/images/get-image.ts';
import { viewImage } from '../../../shared/domain/image-view.ts';
import { overdue, ready } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

async function stored(record = ready({ original: { bucket: 'b', key: 'k', eTag: 'e', bytes: 5 } })) {
  const { table, put } = createMemoryImages();
  await put(record);
  const urls = { original: 'https://original', renditions: new Map<string, string>() };
  const signUrls = async (of: typeof record) => ({ ...urls, original: `${urls.original}/${of.imageId}` });
  return { record, dependencies: { table, signUrls } };
}

describe('getImage', () => {
  it('answers with the image as its owner sees it, URLs signed', async () => {
    const { record, dependencies } = await stored();

    const urls = await dependencies.signUrls(record);
    expect(await getImage(dependencies, 'local', record.imageId)).toEqual({
      status: 200,
      body: viewImage(record, urls),
    });
    expect(viewImage(record, urls).original?.url).toContain(record.imageId);
  });

  it.each([
    ['an image that is not there', {}, 'local', '0199a3c4-7b1e-7c2d-8f3a-000000000001'],
    ['somebody else’s image', { ownerId: 'somebody' }, 'local', undefined],
    ['a deleted image', { removed: { messageId: 'm', receiveCount: 1 } }, 'local', undefined],
  ])('knows nothing of %s', async (_what, changes, ownerId, askedFor) => {
    const { record, dependencies } = await stored(overdue(changes));
    const imageId = askedFor ?? record.imageId;

    await expect(getImage(dependencies, ownerId, imageId)).rejects.toMatchObject({
      ...{ name: 'Problem', code: 'image-not-found', message: expect.stringContaining(imageId) },
    });
  });

  it.each(['another', '', '../images', `obj-${'0'.repeat(31)}`, `an obj-${'0'.repeat(32)}`])(
    'does not ask the table for "%s", which is no ID of an image',
    async (imageId) => {
      const table = { get: () => Promise.reject(new Error('asked')) };
      const { dependencies } = await stored();

      await expect(getImage({ ...dependencies, table }, 'local', imageId)).rejects.toMatchObject({
        code: 'image-not-found',
      });
    },
  );

  it('answers with an image that nobody issued a URL for, when it is the caller’s', async () => {
    const { record, dependencies } = await stored(ready({ imageId: `obj-${'0'.repeat(32)}` }));

    expect(await getImage(dependencies, 'local', record.imageId)).toMatchObject({ status: 200 });
  });
});
