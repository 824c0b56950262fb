// GET /images/{imageId}: the caller's own image with its URLs, and nothing of anybody else's; told again only when there is
// something new, and waited for.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { type GetImageRequest, getImage } from '../../../shared/api/images/get-image.ts';
import { urlWindowSeconds } from '../../../shared/api/images/url-window.ts';
import { urlExpirySeconds } from '../../../shared/aws/url-signer.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { viewImage } from '../../../shared/domain/image-view.ts';
import { overdue, processing, ready } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

const noon = new Date('2026-11-02T12:00:00.000Z');
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

/** The route over a table with one image in it. */
async function stored(record = ready({ original: { bucket: 'b', key: 'k', eTag: 'e', bytes: 5 } })) {
  const { table, put } = createMemoryImages();
  await put(record);
  const { imageId } = record;
  const signUrls = async ({ original }: Pick<ImageRecord, 'original'>, signedAt: Date) => ({
    ...{ original: `https://bucket/${original?.key}?${signedAt.toISOString()}` },
    renditions: new Map<string, string>(),
  });
  const paused: number[] = [];
  let whilePausing: (pauses: number) => Promise<void> = async () => {};
  const dependencies = {
    ...{ table, signUrls, clock: () => noon },
    async pause(milliseconds: number) {
      paused.push(milliseconds);
      await whilePausing(paused.length);
    },
  };
  const get = (changes: Partial<GetImageRequest> = {}, clock = () => noon) =>
    getImage({ ...dependencies, clock }, 'local', { imageId, query: {}, ...changes });
  return {
    ...{ record, dependencies, get, put, paused },
    /** What happens to the image while a request waits. */
    meanwhile(act: (pauses: number) => Promise<void>) {
      whilePausing = act;
    },
  };
}

const eTagIn = ({ headers }: { headers?: Readonly<Record<string, string>> }) => headers?.['etag'] ?? '';

describe('getImage', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers with the image as its owner sees it, URLs signed', async () => {
    const { record, dependencies, get } = await stored();

    const answer = await get();

    const urls = await dependencies.signUrls(record, noon);
    expect(answer).toMatchObject({ status: 200, body: viewImage(record, urls) });
    expect(viewImage(record, urls).original?.url).toBe('https://bucket/k?2026-11-02T12:00:00.000Z');
    expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-cache' });
  });

  it('signs as of the present window', async () => {
    vi.useFakeTimers({ now: later(urlWindowSeconds + 1), toFake: ['Date'] });
    const { record, dependencies } = await stored();
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
    const { record, dependencies } = await stored(overdue(changes));
    const imageId = askedFor ?? record.imageId;

    await expect(getImage(dependencies, ownerId, { imageId, query: {} })).rejects.toMatchObject({
      ...{ name: 'Problem', code: 'image-not-found', message: `You have no image ${imageId}.` },
    });
  });

  it.each(['another', '', '../images', `obj-${'0'.repeat(31)}`, `an obj-${'0'.repeat(32)}`, 'owner#own'])(
    'does not ask the table for "%s", which is no ID of an image',
    async (imageId) => {
      const table = { get: () => Promise.reject(new Error('asked')) };
      const { dependencies } = await stored();

      await expect(
        getImage({ ...dependencies, table }, 'local', { imageId, query: {} }),
      ).rejects.toMatchObject({ code: 'image-not-found' });
    },
  );

  it('answers with an image that nobody issued a URL for, when it is the caller’s', async () => {
    const { get } = await stored(ready({ imageId: `obj-${'0'.repeat(32)}` }));

    expect(await get()).toMatchObject({ status: 200 });
  });
});

describe('an image that the client has', () => {
  it('is not told again: 304, without a body', async () => {
    const { get } = await stored();
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
    const { get } = await stored();

    expect(await get({ ifNoneMatch: named(eTagIn(await get())) })).toMatchObject({ status: 304 });
  });

  it.each(['', '"other"', 'W/"', 'no tag at all'])('is told to whoever has `%s`', async (ifNoneMatch) => {
    const { get } = await stored();

    expect(await get({ ifNoneMatch })).toMatchObject({ status: 200 });
  });

  it('is told to whoever has an ETag that has the W/ within its quotes', async () => {
    const { get } = await stored();
    const opaque = eTagIn(await get()).slice('W/"'.length);

    expect(await get({ ifNoneMatch: `"W/${opaque}` })).toMatchObject({ status: 200 });
  });

  it('is told again once anything of it has changed', async () => {
    const { get, put, record } = await stored();
    const ifNoneMatch = eTagIn(await get());
    await put({ ...record, fileName: 'renamed.jpg' });

    const answer = await get({ ifNoneMatch });

    expect(answer).toMatchObject({ status: 200, body: { fileName: 'renamed.jpg' } });
    expect(eTagIn(answer)).not.toBe(ifNoneMatch);
  });

  it('has the same URLs as long as it has the same ETag, and new ones before the old run out', async () => {
    const { get } = await stored();
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

describe('waiting', () => {
  const wait = (seconds: number | string) => ({ query: { wait: String(seconds) } });

  it('ends at once for an image that is settled, or will not be', async () => {
    for (const record of [ready(), overdue({ expired: true })]) {
      const { get, paused } = await stored(record);

      expect(await get(wait(20))).toMatchObject({ status: 200 });
      expect(await get({ ...wait(20), ifNoneMatch: eTagIn(await get()) })).toMatchObject({ status: 304 });
      expect(paused).toEqual([]);
    }
  });

  it('ends as soon as the image is settled', async () => {
    const { get, put, record, paused, meanwhile } = await stored(processing());
    meanwhile(async (pauses) => {
      if (pauses === 3) await put(ready({ imageId: record.imageId }));
    });

    expect(await get(wait(20))).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(paused).toHaveLength(3);
  });

  it('ends as soon as the image is not what the client has any more', async () => {
    const { get, put, record, paused, meanwhile } = await stored(overdue());
    const ifNoneMatch = eTagIn(await get());
    meanwhile(async (pauses) => {
      if (pauses === 2) await put(processing({ imageId: record.imageId }));
    });

    expect(await get({ ...wait(20), ifNoneMatch })).toMatchObject({ body: { status: 'processing' } });
    expect(paused).toHaveLength(2);
  });

  it('does not wait for a client that has something else', async () => {
    const { get, paused } = await stored(processing());

    expect(await get({ ...wait(20), ifNoneMatch: '"other"' })).toMatchObject({ status: 200 });
    expect(paused).toEqual([]);
  });

  it('ends with its time, in 16 pauses that grow at most', async () => {
    const { get, paused } = await stored(processing());

    expect(await get(wait(20))).toMatchObject({ status: 200, body: { status: 'processing' } });
    expect(paused.reduce((sum, one) => sum + one, 0)).toBeCloseTo(20_000);
    expect(paused).toHaveLength(16);
    expect(paused.slice(0, 3)).toEqual([100, 150, 225]);
    expect(Math.max(...paused)).toBe(2000);
  });

  it('ends in a 304 where nothing has changed in all that time', async () => {
    const { get, paused } = await stored(processing());
    const ifNoneMatch = eTagIn(await get());

    expect(await get({ ...wait(1), ifNoneMatch })).toMatchObject({ status: 304 });
    expect(paused.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1000);
  });

  it('knows nothing of an image that is deleted meanwhile', async () => {
    const { get, put, record, meanwhile } = await stored(processing());
    meanwhile(() => put({ ...record, removed: { messageId: 'm', receiveCount: 1 } }));

    await expect(get(wait(20))).rejects.toMatchObject({ code: 'image-not-found' });
  });

  it('of no seconds is no waiting', async () => {
    const { get, paused } = await stored(processing());

    expect(await get(wait(0))).toMatchObject({ status: 200 });
    expect(paused).toEqual([]);
  });

  it.each(['21', '-1', '1.5', '', ' 5', '5,6', '1e1', '0x5', 'long', '9'.repeat(400)])(
    'for `%s` is refused',
    async (seconds) => {
      const { get } = await stored();

      await expect(get(wait(seconds))).rejects.toMatchObject({
        code: 'invalid-request',
        errors: [{ field: 'wait', message: 'must be a whole number from 0 to 20' }],
      });
    },
  );

  it('refuses a parameter that it does not know', async () => {
    const { get } = await stored();

    await expect(get({ query: { wiat: '5' } })).rejects.toMatchObject({
      errors: [{ field: 'wiat', message: 'unknown parameter `wiat`' }],
    });
  });
});
