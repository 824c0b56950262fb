// Follows images that are being processed: a few of those that are seen, since each holds a request that the API waits with.

import { ApiError, type Darkroom, type Image } from '../../../client/src/client.ts';

export interface Followers {
  /** Follows the first of them, and none but them. */
  follow(imageIds: readonly string[]): void;
  /** Somebody else has just told of it: for a while it needs no request of ours. */
  toldOf(imageId: string): void;
}

const followedAtATime = 3;
const othersTellMs = 30_000;

/** @param onGone told of an image that was deleted */
export function createFollowers(
  darkroom: Darkroom,
  onImage: (image: Image) => void,
  onGone: (imageId: string) => void,
): Followers {
  const followed = new Map<string, AbortController>();
  const told = new Map<string, number>();

  async function watch(imageId: string, stop: AbortController): Promise<void> {
    try {
      for await (const image of darkroom.watch(imageId, { signal: stop.signal })) onImage(image);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) onGone(imageId);
      // Whatever else it was: what is seen is asked for again before long.
    } finally {
      if (followed.get(imageId) === stop) followed.delete(imageId);
    }
  }

  const isToldOf = (imageId: string) =>
    performance.now() - (told.get(imageId) ?? Number.NEGATIVE_INFINITY) < othersTellMs;

  return {
    follow(imageIds) {
      for (const [imageId, stop] of followed) {
        if (imageIds.includes(imageId)) continue;
        followed.delete(imageId);
        stop.abort();
      }
      for (const imageId of imageIds) {
        if (followed.size >= followedAtATime) break;
        if (followed.has(imageId) || isToldOf(imageId)) continue;
        const stop = new AbortController();
        followed.set(imageId, stop);
        void watch(imageId, stop);
      }
    },
    toldOf(imageId) {
      for (const [other, at] of told) if (performance.now() - at > othersTellMs) told.delete(other);
      told.set(imageId, performance.now());
    },
  };
}
