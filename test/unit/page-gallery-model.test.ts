// What the gallery makes of what it learns in whichever order: from its list, from its own requests, and from others.
import { beforeEach, expect, it } from 'vitest';
import type { Darkroom, Image } from '../../client/src/client.ts';
import { createGalleryModel, type GalleryModel } from '../../web/src/gallery/gallery-model.ts';
import { pageImage } from './support/page-image.ts';

const second = (at: number) => new Date(at * 1000).toISOString();
const photo = (status: Image['status'], updatedAt: number) =>
  pageImage({ imageId: 'new', createdAt: second(100), updatedAt: second(updatedAt), status });

let listed: Image[];
let isBusy: boolean;
let model: GalleryModel;

beforeEach(async () => {
  listed = [pageImage({ imageId: 'old', createdAt: second(1) })];
  isBusy = false;
  const used = { used: 1, limit: 10 };
  const darkroom = {
    images: { page: async () => ({ images: listed, nextCursor: 'more' }) },
    usage: async () => ({ images: used, openUploads: { ...used, used: 0 } }),
  } as unknown as Darkroom;
  const nothing = () => {};
  model = createGalleryModel(darkroom, 'all', {
    ...{ isBusy: () => isBusy, onPlacing: nothing, onChange: nothing },
  });
  await model.listing.more();
});

const statusOf = (imageId: string) => model.photos[model.indexOf(imageId)]?.status;

it('offers no new photo that is in its place by now, and does not undo what is known of it', () => {
  isBusy = true;
  model.show(photo('processing', 101));
  expect([model.arrived, statusOf('new')]).toEqual([1, undefined]);

  isBusy = false;
  model.show(photo('ready', 102));
  expect([model.arrived, statusOf('new')]).toEqual([0, 'ready']);

  model.takeArrived();
  expect(statusOf('new')).toBe('ready');
});

it('does not go back to an answer from before a photo was ready, but follows when it is done again', async () => {
  model.show(photo('ready', 102));

  listed = [photo('processing', 101), ...listed];
  await model.refresh();
  expect(statusOf('new')).toBe('ready');

  listed = [photo('processing', 103)];
  await model.refresh();
  expect(statusOf('new')).toBe('processing');
});

it('counts a photo that is new, and no more once it was deleted, whether or not it was seen', () => {
  expect(model.total).toBe(1);
  for (const busy of [true, false]) {
    isBusy = busy;
    model.show(pageImage({ imageId: String(busy), createdAt: second(200) }));
    expect(model.total).toBe(2);

    model.leaveOut(String(busy));
    expect(model.total).toBe(1);
  }
});
