// What the gallery knows of its photos, without a window: their order, what is kept of them, and which renditions they show.
import { expect, it } from 'vitest';
import type { Darkroom, Image } from '../../client/src/client.ts';
import { createFollowers } from '../../web/src/gallery/followers.ts';
import { createPhotoList } from '../../web/src/gallery/photo-list.ts';
import { createRecords } from '../../web/src/gallery/records.ts';
import { sourcesOf } from '../../web/src/gallery/sources.ts';
import { pageImage, pageRendition } from './support/page-image.ts';

const numbered = (number: number, more: Partial<Image> = {}) =>
  pageImage({ imageId: `image-${number}`, createdAt: new Date(number * 1000).toISOString(), ...more });

it('keeps photos in the order of their creation, in whatever order it learns of them', () => {
  const list = createPhotoList();
  for (const number of [3, 5, 1, 4, 2]) list.put(numbered(number));

  expect(list.photos.map(({ imageId }) => imageId)).toEqual([5, 4, 3, 2, 1].map((one) => `image-${one}`));
  expect(list.indexOf('image-4')).toBe(1);
  expect(list.indexOf('image-9')).toBe(-1);
});

it('says from where on photos are placed otherwise, and nothing where none is', () => {
  const list = createPhotoList();
  for (const number of [1, 2, 3]) list.put(numbered(number));

  expect(list.put(numbered(2, { fileName: 'other.jpg' }))).toBeUndefined();
  expect(list.photos[1]?.name).toBe('other.jpg');
  expect(list.put(numbered(2, { metadata: null, renditions: [] }))).toBe(1);
  expect(list.leaveOut('image-3')).toBe(0);
  expect(list.leaveOut('image-3')).toBeUndefined();
  expect(list.ratios).toHaveLength(2);
});

it('keeps the records that were looked at last, and no more than that', () => {
  const records = createRecords(2);
  for (const number of [1, 2]) records.put(numbered(number));
  records.get('image-1');
  records.put(numbered(3));

  expect(records.get('image-1')).toBeDefined();
  expect(records.get('image-2')).toBeUndefined();
  expect(records.isStale('image-2')).toBe(true);
});

it('asks for an image again before its URLs run out, and earlier while it is processed', () => {
  let now = 0;
  const records = createRecords(10, () => now);
  records.put(numbered(1));
  records.put(numbered(2, { status: 'processing' }));

  now = 24 * 60_000;
  expect([records.isStale('image-1'), records.isStale('image-2')]).toEqual([false, true]);
  now = 26 * 60_000;
  expect(records.isStale('image-1')).toBe(true);
});

it('asks for a broken picture once a minute, not again and again', () => {
  let now = 100_000;
  const records = createRecords(10, () => now);
  records.put(numbered(1));

  records.distrust('image-1');
  expect(records.isStale('image-1')).toBe(true);
  records.put(numbered(1));
  records.distrust('image-1');
  expect(records.isStale('image-1')).toBe(false);
  now += 61_000;
  records.distrust('image-1');
  expect(records.isStale('image-1')).toBe(true);
});

it('follows three at a time, none that somebody else tells of, and stops with those that are out of sight', () => {
  const watched: string[] = [];
  const stopped: string[] = [];
  async function* watch(imageId: string, options?: { signal?: AbortSignal | undefined }) {
    watched.push(imageId);
    options?.signal?.addEventListener('abort', () => stopped.push(imageId));
    await new Promise((_, reject) => options?.signal?.addEventListener('abort', reject));
    yield* [] as Image[];
  }
  const nothing = () => {};
  const followers = createFollowers({ watch } as unknown as Darkroom, nothing, nothing);

  followers.toldOf('two');
  followers.follow(['one', 'two', 'three', 'four', 'five']);
  expect(watched).toEqual(['one', 'three', 'four']);
  followers.follow(['three', 'four', 'five']);
  expect(stopped).toEqual(['one']);
  expect(watched).toEqual(['one', 'three', 'four', 'five']);
  followers.follow([]);
  expect(stopped).toEqual(['one', 'three', 'four', 'five']);
});

it('shows the whole picture in every format, the smallest format first, and never what was cropped', () => {
  const shown = sourcesOf(
    pageImage({
      renditions: [
        pageRendition('thumb', 'webp', 160, 160),
        pageRendition('medium', 'jpeg', 800, 533),
        pageRendition('medium', 'webp', 800, 533),
        pageRendition('small', 'webp', 320, 213),
      ],
    }),
  );

  expect(shown?.sources).toEqual([
    {
      contentType: 'image/webp',
      srcset: 'https://s3/small.webp?a=1&b=2 320w, https://s3/medium.webp?a=1&b=2 800w',
      isAnimated: false,
    },
    { contentType: 'image/jpeg', srcset: 'https://s3/medium.jpeg?a=1&b=2 800w', isAnimated: false },
  ]);
  expect(shown?.fallback).toMatchObject({ format: 'jpeg', width: 800 });
});

it('shows nothing while there is no rendition of the whole picture', () => {
  expect(sourcesOf(pageImage({ renditions: [] }))).toBeUndefined();
  expect(sourcesOf(pageImage({ renditions: [pageRendition('thumb', 'webp', 160, 160)] }))).toBeUndefined();
});
