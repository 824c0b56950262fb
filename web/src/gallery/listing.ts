// The pages of a list as they are wanted: from the first to the last, and the first once more to see what is new.

import type { Darkroom, Image, ListedStatus } from '../../../client/src/client.ts';
import { inTime, sentenceOf } from '../patience.ts';

export type Filter = ListedStatus | 'all';

export interface Listing {
  readonly state: 'idle' | 'loading' | 'failed' | 'ended';
  /** Why it failed, in a sentence. */
  readonly message: string | undefined;
  /** Asks for the next page, unless it does so already. */
  more(): Promise<void>;
  /** @returns the first page as it is now; nothing where nobody answers: what does not come this time comes the next time */
  first(): Promise<readonly Image[]>;
  stop(): void;
}

export interface ListingOptions {
  readonly darkroom: Darkroom;
  readonly filter: Filter;
  /** Told of the next page. */
  onPage(images: readonly Image[]): void;
  /** Told of another state. */
  onState(): void;
}

const pageSize = 100;

export function createListing({ darkroom, filter, onPage, onState }: ListingOptions): Listing {
  const stopped = new AbortController();
  let state: Listing['state'] = 'idle';
  let message: string | undefined;
  let cursor: string | null = null;

  function enter(next: Listing['state'], why?: string): void {
    [state, message] = [next, why];
    if (!stopped.signal.aborted) onState();
  }

  const page = (after: string | null) =>
    darkroom.images.page({
      pageSize,
      ...(filter !== 'all' && { status: filter }),
      ...(after !== null && { cursor: after }),
      signal: inTime(stopped.signal),
    });

  return {
    get state() {
      return state;
    },
    get message() {
      return message;
    },
    async more() {
      if (state === 'loading' || state === 'ended') return;
      enter('loading');
      try {
        const { images, nextCursor } = await page(cursor);
        if (stopped.signal.aborted) return;
        cursor = nextCursor;
        onPage(images);
        enter(cursor === null ? 'ended' : 'idle');
      } catch (error) {
        enter('failed', sentenceOf(error));
      }
    },
    first: async () => {
      const { images } = await page(null).catch(() => ({ images: [] }));
      return stopped.signal.aborted ? [] : images;
    },
    stop: () => stopped.abort(),
  };
}
