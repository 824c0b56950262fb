// What is known of the images that were looked at last: all of it, URLs included. Bounded, however many images there are.

import type { Image } from '../../../client/src/client.ts';

export interface Records {
  get(imageId: string): Image | undefined;
  put(image: Image): void;
  leaveOut(imageId: string): void;
  /** Its URLs do not work, whatever its age. Does nothing where the same was said within a minute before. */
  distrust(imageId: string): void;
  /** Whether it has to be asked for before it is shown: it is unknown, or was known for too long. */
  isStale(imageId: string): boolean;
}

interface Held {
  readonly image: Image;
  readonly since: number;
  isDistrusted: boolean;
  /** When it was, last. */
  distrustedAt: number;
}

/** The API promises that a URL works for half an hour. */
const longestMs = 25 * 60_000;
/** Of what changes by itself, where nothing else tells of it. */
const longestPendingMs = 20_000;
/** A picture that is still broken with new URLs is not asked for again and again. */
const trustMs = 60_000;

/** @param limit how many are kept @param now milliseconds of a clock */
export function createRecords(limit: number, now: () => number = Date.now): Records {
  // In the order in which they were last used.
  const held = new Map<string, Held>();

  function use(imageId: string, record: Held): void {
    held.delete(imageId);
    held.set(imageId, record);
    const [oldest] = held.keys();
    if (held.size > limit && oldest !== undefined) held.delete(oldest);
  }

  return {
    get(imageId) {
      const record = held.get(imageId);
      if (record) use(imageId, record);
      return record?.image;
    },
    put(image) {
      const distrustedAt = held.get(image.imageId)?.distrustedAt ?? Number.NEGATIVE_INFINITY;
      use(image.imageId, { image, since: now(), isDistrusted: false, distrustedAt });
    },
    leaveOut: (imageId) => void held.delete(imageId),
    distrust(imageId) {
      const record = held.get(imageId);
      if (!record || now() - record.distrustedAt < trustMs) return;
      Object.assign(record, { isDistrusted: true, distrustedAt: now() });
    },
    isStale(imageId) {
      const record = held.get(imageId);
      if (!record) return true;
      const longest = record.image.status === 'processing' ? longestPendingMs : longestMs;
      return record.isDistrusted || now() - record.since > longest;
    },
  };
}
