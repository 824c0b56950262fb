// How long to try: pauses that grow, and an end.

import { type OnWait, waitFor } from './wait.ts';

/** Fewer tries are not the end, however long they took: a device may have slept. Unless there is to be no second one. */
const minTries = 4;
const firstPauseSeconds = 0.2;
const longestPauseSeconds = 10;
/** Of a pause that the server asked for: so that not all who wait come back at once. */
const jitterShare = 0.2;

/** Of a browser; Node tells nothing of connections. */
const platform = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

export interface Patience {
  /**
   * Waits before the next try. It is longer after each failure, or as long as the server wants.
   * @throws what the try failed with, once patience is at its end
   */
  pause(failure: unknown, retryAfterSeconds?: number): Promise<void>;
}

/** @param onWait told of every pause */
export function createPatience(seconds: number, signal?: AbortSignal, onWait?: OnWait): Patience {
  const endsAt = performance.now() + seconds * 1000;
  const fewest = seconds > 0 ? minTries : 1;
  let tries = 0;
  return {
    async pause(failure, retryAfterSeconds) {
      tries += 1;
      const pauseSeconds =
        retryAfterSeconds === undefined
          ? Math.min(firstPauseSeconds * 2 ** (tries - 1), longestPauseSeconds) * (0.5 + Math.random() / 2)
          : retryAfterSeconds * (1 + Math.random() * jitterShare);
      const isOver = performance.now() + pauseSeconds * 1000 > endsAt;
      if (isOver && (tries >= fewest || retryAfterSeconds !== undefined)) throw failure;
      const wait = waitFor(failure, pauseSeconds);
      onWait?.(wait);
      await sleep(pauseSeconds, signal, wait.reason === 'connection');
    },
  };
}

/**
 * @param endsOnline whether it ends as soon as the browser has a connection again, if that is earlier
 * @throws the signal's reason when it is aborted
 */
export function sleep(seconds: number, signal?: AbortSignal, endsOnline = false): Promise<void> {
  return new Promise((fulfil, reject) => {
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      platform.removeEventListener?.('online', wake);
      settle();
    };
    const wake = end(fulfil);
    const stop = end(() => reject(signal?.reason));
    const timer = setTimeout(wake, seconds * 1000);
    if (endsOnline) platform.addEventListener?.('online', wake);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
