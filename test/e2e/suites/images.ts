// The routes of images, over HTTP as clients meet them: status, headers and redirects.

import { describe, expect, test } from 'vitest';
import type { ImageList } from '../../../shared/api/images/list-images.ts';
import { photo } from '../support/photos.ts';
import type { Running } from '../support/running.ts';

export function imagesSuite(running: Running): void {
  const request = async (path: string, init: RequestInit = {}) =>
    fetch(`${running().api}/images${path}`, {
      redirect: 'manual',
      ...init,
      headers: { authorization: `Bearer ${await running().tokenOf()}`, ...init.headers },
    });
  const uploaded = async () => running().client.upload(await photo(400, 300), { contentType: 'image/jpeg' });

  describe('an image', () => {
    test('is told once: 304 to whoever has it, without a body and without waiting', async () => {
      const { imageId } = await uploaded();
      const first = await request(`/${imageId}`);
      const etag = first.headers.get('etag') ?? '';

      const again = await request(`/${imageId}?wait=20`, { headers: { 'if-none-match': etag } });

      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(again.status).toBe(304);
      expect(again.headers.get('etag')).toBe(etag);
      expect(await again.text()).toBe('');
    });

    test('is waited for until it is settled', async () => {
      const { client } = running();
      const file = await photo(400, 300);
      const { imageId, upload } = await client.uploads.create({
        ...{ contentType: 'image/jpeg', contentLength: file.byteLength },
      });
      const waiting = request(`/${imageId}?wait=20`);
      await client.uploads.send(upload, file);

      expect(await (await waiting).json()).toMatchObject({ imageId, status: 'ready' });
    });

    test('redirects to its renditions by what the client accepts', async () => {
      const { imageId } = await uploaded();
      const typeOf = async (accept: string) => {
        const answer = await request(`/${imageId}/renditions/medium`, { headers: { accept } });
        expect(answer.status).toBe(302);
        expect(answer.headers.get('vary')?.toLowerCase()).toContain('accept');
        return (await fetch(answer.headers.get('location') ?? '')).headers.get('content-type');
      };

      expect(await typeOf('image/webp,*/*;q=0.8')).toBe('image/webp');
      expect(await typeOf('*/*')).toBe('image/jpeg');
      const none = await request(`/${imageId}/renditions/huge`);
      expect([none.status, await none.json()]).toMatchObject([404, { code: 'rendition-not-found' }]);
    });

    test('that is current is left alone when it is to be done again', async () => {
      const { imageId } = await uploaded();

      const answer = await request(`/${imageId}/reprocess`, { method: 'POST' });

      expect([answer.status, await answer.json()]).toMatchObject([202, { imageId, status: 'ready' }]);
    });

    test('that is deleted is gone, and so is what it was stored as', async () => {
      const { imageId, original, renditions } = await uploaded();

      for (const _time of [1, 2]) {
        const answer = await request(`/${imageId}`, { method: 'DELETE' });
        expect([answer.status, await answer.text()]).toEqual([204, '']);
      }

      expect((await request(`/${imageId}`)).status).toBe(404);
      for (const { url = '' } of [original ?? {}, ...renditions]) expect((await fetch(url)).status).toBe(404);
      for await (const listed of running().client.images.list()) expect(listed.imageId).not.toBe(imageId);
    });
  });

  describe('the list of images', () => {
    test('has them newest first, page by page', async () => {
      const imageIds = [];
      for (let count = 0; count < 3; count += 1) imageIds.unshift((await uploaded()).imageId);

      const page = async (query: Record<string, string>) =>
        (await (await request(`?${new URLSearchParams(query)}`)).json()) as ImageList;
      const first = await page({ limit: '2', status: 'ready' });
      const second = await page({ limit: '1', status: 'ready', cursor: first.nextCursor ?? '' });

      const met = [...first.images, ...second.images].map((image) => image.imageId);
      expect(met).toEqual(imageIds);
    });

    test('names what is wrong with what it is asked', async () => {
      const answer = await request('?limit=1000&cursor=made.up');

      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ field: 'limit' }] });
    });
  });
}
