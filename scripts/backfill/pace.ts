// Holds a rate: whoever asks before its time waits.
import { setTimeout as sleep } from 'node:timers/promises';

/** @returns a function that resolves when so many more may be sent */
export function createPace(perSecond: number): (count: number) => Promise<void> {
  let freeAt = performance.now();
  return async (count) => {
    const now = performance.now();
    const waitMilliseconds = freeAt - now;
    freeAt = Math.max(freeAt, now) + (count / perSecond) * 1000;
    if (waitMilliseconds > 0) await sleep(waitMilliseconds);
  };
}
