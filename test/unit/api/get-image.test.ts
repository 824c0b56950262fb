// GET /images/{imageId}: the caller's own image with its URLs, and nothing of anybody else's; told again only when there is
// something new.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { getImage } from '../../../shared/api/images/get-image.ts';
import { urlWindowSeconds } from '../../../shared/api/images/url-window.ts';
import { urlExpirySeconds } from '../../../shared/aws/url-signer.ts';
import { viewImage } from '../../../shared/domain/image-view.ts';
import { overdue, ready } from '../../support/image-records.ts';
import { eTagIn, later, noon, storedImage } from '../support/stored-image.ts';

describe('getImage', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers with the image as its owner sees it, URLs signed', async () => {
    const { record, dependencies, get } = await storedImage();

    const answer = await get();

    const urls = await dependencies.signUrls(record, noon);
    expect(answer).toMatchObject({ status: 200, body: viewImage(record, urls) });
    expect(viewImage(record, urls).original?.url).toBe('https://bucket/k?2026-11-02T12:00:00.000Z');
    expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache' });
  });

  it('signs as of the present window', async () => {
    vi.useFakeTimers({ now: later(urlWindowSeconds + 1), toFake: ['Date'] });
    const { record, dependencies } = await storedImage();
    const { clock: _, ...withoutClock } = dependencies;

    const { body } = await getImage(withoutClock, 'local', { imageId: record.imageId, query: {} });

    const url = `https://bucket/k?${later(urlWindowSeconds).toISOString()}`;
    expect(body).toMatchObject({ original: { url } });
  });

  it.each([
    ['an image that is not there', {}, 'local', '0199a3c4-7b1e-7c2d-8f3a-000000000001'],
    ['somebody else’s image', { ownerId: 'somebody' }, 'local', undefined],
    ['a deleted image', { removed: { messageId: 'm', receiveCount: 1 } }, 'local', undefined],
  ])('knows nothing of %s', async (_what, changes, ownerId, askedFor) => {
    const { record, dependencies } = await storedImage(overdue(changes));
    const imageId = askedFor ?? record.imageId;

    await expect(getImage(dependencies, ownerId, { imageId, query: {} })).rejects.toMatchObject({
      ...{ name: 'Problem', code: 'image-not-found', message: `You have no image ${imageId}.` },
    });
  });

  it.each(['another', '', '../images', `obj-${'0'.repeat(31)}`, `an obj-${'0'.repeat(32)}`, 'owner#own'])(
    'does not ask the table for "%s", which is no ID of an image',
    async (imageId) => {
      const table = { get: () => Promise.reject(new Error('asked')) };
      const { dependencies } = await storedImage();

      await expect(
        getImage({ ...dependencies, table }, 'local', { imageId, query: {} }),
      ).rejects.toMatchObject({ code: 'image-not-found' });
    },
  );

  it('answers with an image that nobody issued a URL for, when it is the caller’s', async () => {
    const { get } = await storedImage(ready({ imageId: `obj-${'0'.repeat(32)}` }));

    expect(await get()).toMatchObject({ status: 200 });
  });
});

describe('an image that the client has', () => {
  it('is not told again: 304, without a body', async () => {
    const { get } = await storedImage();
    const etag = eTagIn(await get());

    const answer = await get({ ifNoneMatch: etag });

    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    expect(answer).toEqual({ status: 304, headers: { etag, 'cache-control': 'private, no-cache' } });
  });

  it.each([
    ['strong, as some proxies make it', (etag: string) => etag.slice(2)],
    ['among others', (etag: string) => `"other", ${etag} , W/"third"`],
    ['as anything', () => '*'],
    ['as anything, among spaces', () => ' * '],
  ])('is recognized by an ETag %s', async (_how, named) => {
    const { get } = await storedImage();

    expect(await get({ ifNoneMatch: named(eTagIn(await get())) })).toMatchObject({ status: 304 });
  });

  it.each(['', '"other"', 'W/"', 'no tag at all'])('is told to whoever has `%s`', async (ifNoneMatch) => {
    const { get } = await storedImage();

    expect(await get({ ifNoneMatch })).toMatchObject({ status: 200 });
  });

  it('is told to whoever has an ETag that has the W/ within its quotes', async () => {
    const { get } = await storedImage();
    const opaque = eTagIn(await get()).slice('W/"'.length);

    expect(await get({ ifNoneMatch: `"W/${opaque}` })).toMatchObject({ status: 200 });
  });

  it('is told again once anything of it has changed', async () => {
    const { get, put, record } = await storedImage();
    const ifNoneMatch = eTagIn(await get());
    await put({ ...record, fileName: 'renamed.jpg' });

    const answer = await get({ ifNoneMatch });

    expect(answer).toMatchObject({ status: 200, body: { fileName: 'renamed.jpg' } });
    expect(eTagIn(answer)).not.toBe(ifNoneMatch);
  });

  it('has the same URLs as long as it has the same ETag, and new ones before the old run out', async () => {
    const { get } = await storedImage();
    const first = await get();
    const ifNoneMatch = eTagIn(first);

    const justBefore = await get({}, () => later(urlWindowSeconds - 1));
    expect(justBefore).toEqual(first);
    expect(await get({ ifNoneMatch }, () => later(urlWindowSeconds - 1))).toMatchObject({ status: 304 });

    const next = await get({ ifNoneMatch }, () => later(urlWindowSeconds));
    expect(next).toMatchObject({ status: 200 });
    expect(next.body).not.toEqual(first.body);
    expect(urlWindowSeconds * 2).toBeLessThanOrEqual(urlExpirySeconds);
  });
});
