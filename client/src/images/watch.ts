// Follows an image: the API answers when there is something new, and this asks again.

import type { Caller } from '../http/caller.ts';
import type { Http } from '../http/http.ts';
import { sleep } from '../http/patience.ts';
import { type Image, isSettled } from '../model.ts';
import type { Slots } from '../slots.ts';
import type { RequestOptions } from './images.ts';

/** How long the API may keep a request waiting, at most. */
const longestWaitSeconds = 20;
/** While others wait for a slot. */
const shortWaitSeconds = 1;
/** Between requests that the API answered at once, although it was to wait. */
const firstPauseSeconds = 0.05;
const longestPauseSeconds = 1;

export type Watch = (imageId: string, options?: RequestOptions) => AsyncGenerator<Image, void, undefined>;

/**
 * @param slots for its requests: each may take as long as the API waits
 * @internal
 */
export function createWatch(http: Http, call: Caller, slots: Slots): Watch {
  return async function* watch(imageId, options = {}) {
    const { signal } = options;
    let etag: string | null = null;
    let shown: Image | undefined;
    let pauseSeconds = firstPauseSeconds;
    for (;;) {
      const begunAt = performance.now();
      const { data, response } = await slots.run(() => ask(imageId, etag, options), signal);
      etag = response.headers.get('etag');
      if (data && (data.status !== shown?.status || data.updatedAt !== shown.updatedAt)) {
        shown = data;
        pauseSeconds = firstPauseSeconds;
        yield data;
        if (isSettled(data.status)) return;
      } else if (performance.now() - begunAt < longestPauseSeconds * 1000) {
        await sleep(pauseSeconds, signal);
        pauseSeconds = Math.min(pauseSeconds * 1.5, longestPauseSeconds);
      }
    }
  };

  function ask(imageId: string, etag: string | null, options: RequestOptions) {
    const wait = etag === null ? 0 : slots.waiting > 0 ? shortWaitSeconds : longestWaitSeconds;
    const params = { path: { imageId }, ...(wait > 0 && { query: { wait } }) };
    return call(
      ({ signal: ends, headers }) =>
        http.GET('/images/{imageId}', {
          signal: ends,
          headers: { ...headers, ...(etag !== null && { 'if-none-match': etag }) },
          params,
        }),
      { ...options, extraSeconds: wait },
    );
  }
}
