// Follows one image at a time: shows what the API says of it, again and again, until nothing happens to it any more.

import { ApiError, type Darkroom, type Image } from '../../../client/src/client.ts';
import { longestMs } from '../patience.ts';
import type { Problem } from './problem.ts';

export interface Following {
  /** Instead of whatever was followed before. */
  follow(darkroom: Darkroom, imageId: string): void;
  /** Whether it began so recently that what is broken is not worth asking for again. */
  readonly isRecent: boolean;
  stop(): void;
}

const trustMs = 30_000;
/** An ID that can be none is answered 400. */
const missing: readonly number[] = [400, 404];

/** @param onProblem told as well when there is no answer for long: should there be one later, it is shown */
export function createFollowing(
  onImage: (image: Image) => void,
  onProblem: (problem: Problem, imageId: string) => void,
): Following {
  let following = new AbortController();
  let begunAt = Number.NEGATIVE_INFINITY;

  async function watch(darkroom: Darkroom, imageId: string, signal: AbortSignal): Promise<void> {
    const tell = (problem: Problem) => signal.aborted || onProblem(problem, imageId);
    const late = setTimeout(() => tell(new Error('There was no answer.')), longestMs);
    try {
      for await (const image of darkroom.watch(imageId, { signal })) {
        clearTimeout(late);
        if (!signal.aborted) onImage(image);
      }
    } catch (error) {
      const isMissing = error instanceof ApiError && missing.includes(error.status);
      tell(isMissing ? 'missing' : (error as Error));
    } finally {
      clearTimeout(late);
    }
  }

  return {
    follow(darkroom, imageId) {
      following.abort();
      following = new AbortController();
      begunAt = performance.now();
      void watch(darkroom, imageId, following.signal);
    },
    get isRecent() {
      return performance.now() - begunAt < trustMs;
    },
    stop: () => following.abort(),
  };
}
