// The caller's images: one, all, done again, deleted.

import type { Caller } from '../http/caller.ts';
import type { Http } from '../http/http.ts';
import type { OnWait } from '../http/wait.ts';
import type { Image, ImagePage, ListedStatus } from '../model.ts';

export interface RequestOptions {
  /** Ends the call; it throws the signal's reason then. */
  readonly signal?: AbortSignal | undefined;
  /** Told when the call waits before it tries again, and of `undefined` once it goes on. */
  readonly onWait?: OnWait | undefined;
}

export interface ListOptions extends RequestOptions {
  /** Only images of this status. */
  readonly status?: ListedStatus;
  /** Images a request, 1 to 100. Without it, as many as the API thinks right. */
  readonly pageSize?: number;
}

export interface PageOptions extends ListOptions {
  /** The `nextCursor` of the page before, of a list with the same status. The first page without it. */
  readonly cursor?: string;
}

export interface Images {
  get(imageId: string, options?: RequestOptions): Promise<Image>;
  /** A page of the list, for whoever wants to go on from it later. */
  page(options?: PageOptions): Promise<ImagePage>;
  /** The newest first. Asks for a page once the one before has been read. */
  list(options?: ListOptions): AsyncGenerator<Image, void, undefined>;
  /** Original, renditions and record: for ever. Fulfilled as well when it was deleted before. */
  delete(imageId: string, options?: RequestOptions): Promise<void>;
  /** Has failed, rejected or outdated work done again; `watch` tells how it goes. */
  reprocess(imageId: string, options?: RequestOptions): Promise<Image>;
}

/** @internal */
export function createImages(http: Http, call: Caller): Images {
  const page = async ({ status, pageSize, cursor, ...options }: PageOptions = {}) => {
    const query = {
      ...(status && { status }),
      ...(pageSize !== undefined && { limit: pageSize }),
      ...(cursor !== undefined && { cursor }),
    };
    const { data } = await call((init) => http.GET('/images', { ...init, params: { query } }), options);
    return data as ImagePage;
  };
  return {
    page,

    async get(imageId, options) {
      const path = { imageId };
      const { data } = await call(
        (init) => http.GET('/images/{imageId}', { ...init, params: { path } }),
        options,
      );
      return data as Image;
    },

    async *list(options) {
      let cursor: string | null = null;
      do {
        const { images, nextCursor }: ImagePage = await page({
          ...options,
          ...(cursor !== null && { cursor }),
        });
        yield* images;
        cursor = nextCursor;
      } while (cursor !== null);
    },

    async delete(imageId, options) {
      const path = { imageId };
      await call((init) => http.DELETE('/images/{imageId}', { ...init, params: { path } }), options);
    },

    async reprocess(imageId, options) {
      const path = { imageId };
      const route = '/images/{imageId}/reprocess';
      const { data } = await call((init) => http.POST(route, { ...init, params: { path } }), options);
      return data as Image;
    },
  };
}
