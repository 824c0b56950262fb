// GET /images/{imageId}/renditions/{variant}: a redirect to the format that the client likes best, and only to what is there.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { bestFor } from '../../../shared/api/images/accept.ts';
import { type GetRenditionDependencies, getRendition } from '../../../shared/api/images/get-rendition.ts';
import { createUrlSigner } from '../../../shared/aws/url-signer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import type { StoredRendition } from '../../../shared/domain/stored-rendition.ts';
import { overdue, processing, ready, taskRecord } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';
import { createRecordedClients } from '../support/recorded-clients.ts';

const webp = { contentType: 'image/webp', bytes: 200 };
const jpeg = { contentType: 'image/jpeg', bytes: 300 };
const avif = { contentType: 'image/avif', bytes: 100 };
const png = { contentType: 'image/png', bytes: 400 };
const all = [webp, jpeg, avif];

describe('the best format', () => {
  it.each([
    ['a browser that names what is best', 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8', avif],
    ['one that does not know AVIF', 'image/webp,image/apng,image/*;q=0.8,*/*;q=0.5', webp],
    ['one that names nothing but what it has always known', 'image/png,image/*;q=0.8,*/*;q=0.5', jpeg],
    ['anything', '*/*', jpeg],
    ['any picture', 'image/*', jpeg],
    ['nothing said', '', jpeg],
    ['a preference against the bytes', 'image/jpeg, image/avif;q=0.9', jpeg],
    ['what is named before what a wildcard covers', 'image/*, image/webp', webp],
    ['a format refused by name, others welcome', '*/*, image/jpeg;q=0', avif],
    ['a wildcard that is preferred to a name', 'image/webp;q=0.1, image/*;q=0.5', jpeg],
    ['weights with digits after the point', 'image/webp;q=0.61, image/jpeg;q=0.6', webp],
    ['one format, little liked, beside what there is not', 'text/html, image/webp;q=0.1', webp],
    ['odd case and spaces', ' IMAGE/WEBP ; Q=1.0 ,, ', webp],
    ['nothing acceptable: the header is disregarded', 'text/html', jpeg],
    ['everything refused: the header is disregarded', '*/*;q=0', jpeg],
    ['a format refused by name, and no other named: the header is disregarded', 'image/webp;q=0', jpeg],
    ['two that are named alike: the fewest bytes', 'image/jpeg, image/webp', webp],
    ['parameters beside the quality', 'image/webp;v=b3;q=0.9, image/jpeg;q=0.8', webp],
  ])('for %s', (_what, accept, best) => {
    expect(bestFor(accept, all)).toBe(best);
    expect(bestFor(accept, all.toReversed())).toBe(best);
  });

  it('is one that everything reads, where only wildcards speak', () => {
    expect(bestFor('*/*', [avif, png])).toBe(png);
  });

  it.each(['1', '1.', '1.0', '1.000', '0.9', '0.999'])('takes %s for a quality value', (quality) => {
    expect(bestFor(`image/webp;q=${quality}, image/jpeg;q=0.8`, all)).toBe(webp);
  });

  it.each(['2', '10', '-1', '1.5', '1.001', '0.9999', '1x', 'x', '', '1e0'])(
    'accepts nothing for %s, which is no quality value',
    (quality) => {
      expect(bestFor(`image/webp;q=${quality}, image/jpeg;q=0.1`, all)).toBe(jpeg);
    },
  );

  it('is the only one that there is, whatever is asked for', () => {
    expect(bestFor('image/avif', [webp])).toBe(webp);
    expect(bestFor('*/*', [])).toBeUndefined();
  });

  it('takes no time over a header of many ranges', () => {
    expect(bestFor(`${'image/x;q=0.5,'.repeat(500)}image/webp`, all)).toBe(webp);
  });
});

describe('getRendition', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const renditionOf = (variant: string, format: 'webp' | 'jpeg', bytes = 100): StoredRendition => ({
    ...{ variant, format, contentType: `image/${format}`, width: 1, height: 1, frames: 1, bytes },
    key: `renditions/one/${variant}.${format}`,
  });
  const renditions = [
    renditionOf('thumb', 'webp'),
    renditionOf('medium', 'webp'),
    renditionOf('medium', 'jpeg'),
  ];
  const original = { bucket: 'photos', key: 'originals/one', eTag: 'e', bytes: 5 };
  const clock = () => new Date('2026-11-02T12:29:59.000Z');

  async function get(
    record: ImageRecord,
    changes: { variant?: string; accept?: string; ownerId?: string } = {},
    dependencies: Pick<GetRenditionDependencies, 'clock'> = { clock },
  ) {
    const { table, put } = createMemoryImages();
    await put(record);
    const { ownerId = 'local', ...asked } = changes;
    const signUrls = createUrlSigner(createRecordedClients().s3, 'renditions');
    const request = { imageId: record.imageId, variant: 'medium', ...asked };
    return getRendition({ table, signUrls, ...dependencies }, ownerId, request);
  }

  it.each([
    ['image/webp', 'webp'],
    ['image/jpeg,image/webp;q=0.5', 'jpeg'],
    [undefined, 'jpeg'],
  ])('redirects whoever accepts %s to the %s', async (accept, format) => {
    const answer = await get(ready({ renditions, original }), accept === undefined ? {} : { accept });

    expect(answer).toMatchObject({
      status: 302,
      headers: { vary: 'Accept', 'cache-control': 'private, no-cache' },
    });
    expect(answer).not.toHaveProperty('body');
    const location = new URL(answer.headers?.['location'] ?? '');
    expect(location.pathname).toBe(`/renditions/one/medium.${format}`);
    expect(location.searchParams.get('X-Amz-Date')).toBe('20261102T120000Z');
  });

  it('signs as of the present window', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-02T15:45:00.000Z'), toFake: ['Date'] });

    const { headers } = await get(ready({ renditions, original }), {}, {});

    const location = new URL(headers?.['location'] ?? '');
    expect(location.searchParams.get('X-Amz-Date')).toBe('20261102T153000Z');
  });

  it.each<[string, ImageRecord, string]>([
    ['a variant that there is not', ready({ renditions }), 'huge'],
    ['a variant named as a property of objects is', ready({ renditions }), '__proto__'],
    ['an image that has no renditions yet', processing(), 'medium'],
    ['an image that nothing was uploaded for', overdue(), 'medium'],
    [
      'an image whose renditions are made anew',
      processing({ renditions, renditionsTask: taskRecord() }),
      'medium',
    ],
  ])('has no rendition of %s', async (_what, record, variant) => {
    await expect(get(record, { variant })).rejects.toMatchObject({
      code: 'rendition-not-found',
      message: `Image ${record.imageId} has no rendition ${variant}, or not yet.`,
    });
  });

  it.each([
    ['somebody else’s image', 'somebody', {}],
    ['a deleted image', 'local', { removed: { byOwner: true as const } }],
  ])('knows nothing of %s', async (_what, ownerId, changes) => {
    await expect(get(ready({ renditions, ...changes }), { ownerId })).rejects.toMatchObject({
      code: 'image-not-found',
    });
  });
});
