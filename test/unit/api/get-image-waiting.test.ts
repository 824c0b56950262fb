// GET /images/{imageId}?wait=SECONDS: answered once something has happened to the image, or the time is over.

import { describe, expect, it } from 'vitest';
import { overdue, processing, ready } from '../../support/image-records.ts';
import { eTagIn, storedImage } from '../support/stored-image.ts';

describe('waiting for an image', () => {
  const wait = (seconds: number | string) => ({ query: { wait: String(seconds) } });

  it('ends at once for an image that is settled, or will not be', async () => {
    for (const record of [ready(), overdue({ expired: true })]) {
      const { get, paused } = await storedImage(record);

      expect(await get(wait(20))).toMatchObject({ status: 200 });
      expect(await get({ ...wait(20), ifNoneMatch: eTagIn(await get()) })).toMatchObject({ status: 304 });
      expect(paused).toEqual([]);
    }
  });

  it('ends as soon as the image is settled', async () => {
    const { get, put, record, paused, meanwhile } = await storedImage(processing());
    meanwhile(async (pauses) => {
      if (pauses === 3) await put(ready({ imageId: record.imageId }));
    });

    expect(await get(wait(20))).toMatchObject({ status: 200, body: { status: 'ready' } });
    expect(paused).toHaveLength(3);
  });

  it('ends as soon as the image is not what the client has any more', async () => {
    const { get, put, record, paused, meanwhile } = await storedImage(overdue());
    const ifNoneMatch = eTagIn(await get());
    meanwhile(async (pauses) => {
      if (pauses === 2) await put(processing({ imageId: record.imageId }));
    });

    expect(await get({ ...wait(20), ifNoneMatch })).toMatchObject({ body: { status: 'processing' } });
    expect(paused).toHaveLength(2);
  });

  it('does not wait for a client that has something else', async () => {
    const { get, paused } = await storedImage(processing());

    expect(await get({ ...wait(20), ifNoneMatch: '"other"' })).toMatchObject({ status: 200 });
    expect(paused).toEqual([]);
  });

  it('ends with its time, in 16 pauses that grow at most', async () => {
    const { get, paused } = await storedImage(processing());

    expect(await get(wait(20))).toMatchObject({ status: 200, body: { status: 'processing' } });
    expect(paused.reduce((sum, one) => sum + one, 0)).toBeCloseTo(20_000);
    expect(paused).toHaveLength(16);
    expect(paused.slice(0, 3)).toEqual([100, 150, 225]);
    expect(Math.max(...paused)).toBe(2000);
  });

  it('ends in a 304 where nothing has changed in all that time', async () => {
    const { get, paused } = await storedImage(processing());
    const ifNoneMatch = eTagIn(await get());

    expect(await get({ ...wait(1), ifNoneMatch })).toMatchObject({ status: 304 });
    expect(paused.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1000);
  });

  it('knows nothing of an image that is deleted meanwhile', async () => {
    const { get, put, record, meanwhile } = await storedImage(processing());
    meanwhile(() => put({ ...record, removed: { messageId: 'm', receiveCount: 1 } }));

    await expect(get(wait(20))).rejects.toMatchObject({ code: 'image-not-found' });
  });

  it('of no seconds is no waiting', async () => {
    const { get, paused } = await storedImage(processing());

    expect(await get(wait(0))).toMatchObject({ status: 200 });
    expect(paused).toEqual([]);
  });

  it.each(['21', '-1', '1.5', '', ' 5', '5,6', '1e1', '0x5', 'long', '9'.repeat(400)])(
    'for `%s` is refused',
    async (seconds) => {
      const { get } = await storedImage();

      await expect(get(wait(seconds))).rejects.toMatchObject({
        code: 'invalid-request',
        errors: [{ field: 'wait', message: 'must be a whole number from 0 to 20' }],
      });
    },
  );

  it('refuses a parameter that it does not know', async () => {
    const { get } = await storedImage();

    await expect(get({ query: { wiat: '5' } })).rejects.toMatchObject({
      errors: [{ field: 'wiat', message: 'unknown parameter `wiat`' }],
    });
  });
});
