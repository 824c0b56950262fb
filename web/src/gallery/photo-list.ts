// The photos of a gallery, the newest first: of each only what its place in the rows and its placeholder need, since there
// may be 100,000 of them.

import type { Image } from '../../../client/src/client.ts';
import { largestOf } from './sources.ts';

export interface Photo {
  readonly imageId: string;
  readonly createdAt: string;
  readonly status: Image['status'];
  readonly name: string | undefined;
  /** Width by height, as it is shown. */
  readonly ratio: number;
  readonly thumbHash: string | undefined;
  readonly dominantColor: string | undefined;
}

export interface PhotoList {
  readonly photos: readonly Photo[];
  /** Of all photos, in their order. */
  readonly ratios: readonly number[];
  /** Takes an image in, or what is new of it. @returns from where on photos are placed otherwise, or undefined */
  put(image: Image): number | undefined;
  /** @returns as `put` */
  leaveOut(imageId: string): number | undefined;
  /** -1 when it is not there. */
  indexOf(imageId: string): number;
}

const unknownRatio = 1;
/** Of what has no picture, but a reason why. */
const ratioOfText = 1.25;
/** A panorama is shown as a part of itself, so that it does not take a row of its own. */
const narrowest = 0.5;
const widest = 3;

export function createPhotoList(): PhotoList {
  const photos: Photo[] = [];
  const ratios: number[] = [];
  const known = new Map<string, Photo>();

  /** How many are before a photo, itself left out. */
  function placeOf({ createdAt, imageId }: Pick<Photo, 'createdAt' | 'imageId'>): number {
    let [low, high] = [0, photos.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = photos[middle] as Photo;
      const isBefore =
        other.createdAt > createdAt || (other.createdAt === createdAt && other.imageId > imageId);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function indexOf(imageId: string): number {
    const photo = known.get(imageId);
    return photo ? placeOf(photo) : -1;
  }

  return {
    ...{ photos, ratios, indexOf },

    put(image) {
      const before = known.get(image.imageId);
      const photo = photoOf(image);
      const index = placeOf(photo);
      known.set(photo.imageId, photo);
      photos.splice(index, before ? 1 : 0, photo);
      ratios.splice(index, before ? 1 : 0, photo.ratio);
      return before?.ratio === photo.ratio ? undefined : index;
    },

    leaveOut(imageId) {
      const index = indexOf(imageId);
      if (index < 0) return undefined;
      known.delete(imageId);
      photos.splice(index, 1);
      ratios.splice(index, 1);
      return index;
    },
  };
}

function photoOf(image: Image): Photo {
  const { imageId, createdAt, status, fileName, placeholder } = image;
  return {
    ...{ imageId, status, createdAt: createdAt ?? '', ratio: ratioOf(image) },
    name: fileName ?? undefined,
    thumbHash: placeholder?.thumbHash,
    dominantColor: placeholder?.dominantColor,
  };
}

function ratioOf({ metadata, renditions, failure }: Image): number {
  if (failure && renditions.length === 0) return ratioOfText;
  const { width, height } = metadata ?? largestOf(renditions) ?? {};
  return width && height ? Math.min(Math.max(width / height, narrowest), widest) : unknownRatio;
}
