// What a gallery shows of one filter: its photos, where each is, and how what is known of them stays new. Without a window.

import type { Darkroom, Image } from '../../../client/src/client.ts';
import { createFollowers } from './followers.ts';
import { createListing, type Filter, type Listing } from './listing.ts';
import { createPhotoList, type Photo } from './photo-list.ts';
import { createRecords } from './records.ts';
import { createRenewals } from './renewals.ts';
import { createRows, type RowShape, type Rows } from './rows.ts';

export interface Neighbors {
  readonly previous?: string | undefined;
  readonly next?: string | undefined;
}

export interface GalleryModel {
  readonly listing: Listing;
  readonly photos: readonly Photo[];
  readonly ratios: readonly number[];
  readonly rows: Rows;
  /** How many new ones wait for whoever looks further down. */
  readonly arrived: number;
  /** How many there are in all, once that is known. */
  readonly total: number | undefined;
  /** Whether one of them is being processed. */
  readonly isPending: boolean;
  indexOf(imageId: string): number;
  imageOf(imageId: string): Image | undefined;
  /** Asks for the next page where they come to an end. */
  neighborsOf(imageId: string): Neighbors;
  shape(shape: RowShape): void;
  /** Takes an image in, as somebody else has just learned of it. */
  show(image: Image): void;
  /** It was deleted. */
  leaveOut(imageId: string): void;
  /** Takes in what waits. */
  takeArrived(): void;
  /** Keeps what is seen new: follows some of it, and asks for what is not known. */
  attend(imageIds: readonly string[]): void;
  /** Its picture cannot be loaded: its URL may have run out. */
  distrust(imageId: string): void;
  /** Asks what is new. */
  refresh(): Promise<void>;
  stop(): void;
}

interface Surroundings {
  /** Whether new photos are to wait, so that nothing moves under whoever looks. */
  isBusy(): boolean;
  /** Told before photos may be placed otherwise. */
  onPlacing(): void;
  /** Told of everything that is to be shown. */
  onChange(): void;
}

/** Some screens of photos. */
const heldRecords = 1000;
/** Photos before the last one when whoever goes through them one by one is given the next page. */
const askAhead = 5;
const shownStatuses: readonly Image['status'][] = ['processing', 'ready', 'rejected', 'failed'];
/** Where no photo is placed otherwise. */
const nowhere = Number.POSITIVE_INFINITY;

export function createGalleryModel(
  darkroom: Darkroom,
  filter: Filter,
  { isBusy, onPlacing, onChange }: Surroundings,
): GalleryModel {
  const list = createPhotoList();
  const records = createRecords(heldRecords);
  const arrived = new Map<string, Image>();
  const deleted = new Set<string>();
  let rows = createRows({ width: 1, rowHeight: 1, gap: 0 });
  let usageTotal: number | undefined;

  const isWanted = ({ imageId, status }: Image) =>
    !deleted.has(imageId) && (filter === 'all' ? shownStatuses.includes(status) : status === filter);
  /** Whether it comes with a page that nobody has asked for yet. */
  const isFurtherDown = ({ createdAt }: Image) =>
    listing.state !== 'ended' && (createdAt ?? '') < (list.photos.at(-1)?.createdAt ?? '');

  /** Whether it is an answer from before an image was settled, which has been on its way for longer. */
  function isOutdated({ imageId, status, updatedAt }: Image): boolean {
    const known = arrived.get(imageId) ?? records.get(imageId);
    return status === 'processing' && known?.status !== status && updatedAt < (known?.updatedAt ?? '');
  }

  /** @returns from where on photos are placed otherwise */
  function put(image: Image): number {
    if (isOutdated(image)) return nowhere;
    if (!isWanted(image)) return drop(image.imageId);
    arrived.delete(image.imageId);
    records.put(image);
    return list.put(image) ?? nowhere;
  }

  function learn(image: Image): number {
    const isNew = list.indexOf(image.imageId) < 0 && isWanted(image);
    if (!isNew) return put(image);
    if (isOutdated(image) || isFurtherDown(image)) return nowhere;
    if (usageTotal !== undefined && !arrived.has(image.imageId)) usageTotal += 1;
    if (!isBusy()) return put(image);
    arrived.set(image.imageId, image);
    return nowhere;
  }

  function drop(imageId: string): number {
    arrived.delete(imageId);
    records.leaveOut(imageId);
    return list.leaveOut(imageId) ?? nowhere;
  }

  function place(changes: readonly number[]): void {
    const from = Math.min(...changes, nowhere);
    if (from !== nowhere) rows.layOut(list.ratios, from);
    onChange();
  }

  function leaveOut(imageId: string): void {
    onPlacing();
    deleted.add(imageId);
    const isCounted = list.indexOf(imageId) >= 0 || arrived.has(imageId);
    if (usageTotal !== undefined && isCounted) usageTotal -= 1;
    place([drop(imageId)]);
  }

  function learnAll(images: readonly Image[]): void {
    onPlacing();
    place(images.map(learn));
  }

  const learnOne = (image: Image) => learnAll([image]);
  const renewals = createRenewals(darkroom, learnOne, leaveOut);
  const followers = createFollowers(darkroom, learnOne, leaveOut);
  const listing = createListing({
    ...{ darkroom, filter, onState: onChange },
    onPage: (images) => place(images.map(put)),
  });

  if (filter === 'all') void count();
  async function count(): Promise<void> {
    const usage = await darkroom.usage().catch(() => undefined);
    if (usage) usageTotal = usage.images.used - usage.openUploads.used;
    onChange();
  }

  return {
    ...{ listing, leaveOut },
    photos: list.photos,
    ratios: list.ratios,
    indexOf: list.indexOf,
    imageOf: records.get,
    neighborsOf(imageId) {
      const index = list.indexOf(imageId);
      if (index < 0) return {};
      if (index > list.photos.length - askAhead && listing.state === 'idle') void listing.more();
      return { previous: list.photos[index - 1]?.imageId, next: list.photos[index + 1]?.imageId };
    },
    get rows() {
      return rows;
    },
    get arrived() {
      return arrived.size;
    },
    get total() {
      return listing.state === 'ended' ? list.photos.length : usageTotal;
    },
    get isPending() {
      return list.photos.some(({ status }) => status === 'processing');
    },
    shape(shape) {
      rows = createRows(shape);
      place([0]);
    },
    show(image) {
      followers.toldOf(image.imageId);
      learnOne(image);
    },
    takeArrived() {
      const images = [...arrived.values()];
      arrived.clear();
      place(images.map(put));
    },
    attend(imageIds) {
      const isPending = (imageId: string) => list.photos[list.indexOf(imageId)]?.status === 'processing';
      followers.follow(imageIds.filter(isPending));
      renewals.want(imageIds.filter(records.isStale));
    },
    distrust: records.distrust,
    async refresh() {
      learnAll(await listing.first());
    },
    stop() {
      listing.stop();
      renewals.stop();
      followers.follow([]);
    },
  };
}
