// Asks for images that are shown and not known, or known for too long: few at a time, and only as long as they are wanted.

import { ApiError, type Darkroom, type Image } from '../../../client/src/client.ts';

export interface Renewals {
  /** Replaces what was wanted before. What is on its way comes to its end. */
  want(imageIds: readonly string[]): void;
  stop(): void;
}

const atATime = 4;

/** @param onGone told of an image that was deleted */
export function createRenewals(
  darkroom: Darkroom,
  onImage: (image: Image) => void,
  onGone: (imageId: string) => void,
): Renewals {
  const stopped = new AbortController();
  const asked = new Set<string>();
  let wanted: readonly string[] = [];

  async function ask(imageId: string): Promise<void> {
    asked.add(imageId);
    try {
      onImage(await darkroom.images.get(imageId, { signal: stopped.signal }));
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) onGone(imageId);
      // Anything else leaves it as it was: it is wanted again with the next movement.
    } finally {
      asked.delete(imageId);
      next();
    }
  }

  function next(): void {
    while (asked.size < atATime && wanted.length > 0 && !stopped.signal.aborted) {
      const [imageId, ...others] = wanted as [string, ...string[]];
      wanted = others;
      if (!asked.has(imageId)) void ask(imageId);
    }
  }

  return {
    want(imageIds) {
      wanted = imageIds;
      next();
    },
    stop: () => stopped.abort(),
  };
}
