// The use case behind GET /images: a page of the caller's images, newest first. It reads an index of keys, and then the
// records: half a read unit an image.

import type { ImageRecord } from '../../domain/image-record.ts';
import { type ImageView, viewImage } from '../../domain/image-view.ts';
import { type Status, statusOf } from '../../domain/status.ts';
import type { Answer } from '../answer.ts';
import { defaultListed, listQuerySchema } from '../contract/queries.ts';
import { invalidRequest } from '../faults.ts';
import type { ImagePosition, OwnersImages, SignImageUrls } from '../ports.ts';
import { parseQuery, type Query } from '../query.ts';
import type { Cursors } from './cursor.ts';
import { urlWindow } from './url-window.ts';

/** How many images a page with a filter looks at, at most: it may find fewer than it was asked for. */
const maxLookedAt = 300;

export interface ListImagesDependencies {
  readonly images: OwnersImages;
  readonly cursors: Cursors;
  readonly signUrls: SignImageUrls;
  readonly clock?: () => Date;
}

export interface ImageList {
  readonly images: readonly ImageView[];
  /** What to ask for the next page with; null when there is none. */
  readonly nextCursor: string | null;
}

interface Page {
  readonly records: readonly ImageRecord[];
  /** Where the next page begins; undefined when this is the last one. */
  readonly end?: ImagePosition | undefined;
}

/** @throws {Problem} `invalid-request`, naming `cursor` when it was not issued for this list */
export async function listImages(
  { images, cursors, signUrls, clock = () => new Date() }: ListImagesDependencies,
  ownerId: string,
  query: Query,
): Promise<Answer> {
  const { status, limit = defaultListed, cursor } = parseQuery(listQuerySchema, query);
  const scope = { ownerId, status };
  const after = cursor === undefined ? undefined : cursors.read(cursor, scope);
  if (cursor !== undefined && after === undefined) {
    const message = 'must be the nextCursor of this very list, with the same filter';
    throw invalidRequest([{ field: 'cursor', message }]);
  }
  const lookedAt = status === undefined ? limit : maxLookedAt;
  const positions = await images.positions(ownerId, lookedAt + 1, after);
  const isListed = (record: ImageRecord) => isTheirs(record, ownerId, status);
  const { records, end } = await readPage(images, positions, { limit, lookedAt, isListed });

  const signedAt = urlWindow(clock());
  const views = records.map(async (record) => viewImage(record, await signUrls(record, signedAt)));
  const body: ImageList = {
    images: await Promise.all(views),
    nextCursor: end ? cursors.issue(end, scope) : null,
  };
  return { status: 200, body };
}

interface PageLimits {
  readonly limit: number;
  readonly lookedAt: number;
  readonly isListed: (record: ImageRecord) => boolean;
}

/** Reads records until the page is full: as many as are wanted, then as many again as were read, for what a filter left out. */
async function readPage(
  images: OwnersImages,
  positions: readonly ImagePosition[],
  { limit, lookedAt, isListed }: PageLimits,
): Promise<Page> {
  const records: ImageRecord[] = [];
  const readable = positions.slice(0, lookedAt);
  let read = 0;
  while (read < readable.length && records.length < limit) {
    const imageIds = readable.slice(read, read + Math.max(limit, read)).map(({ imageId }) => imageId);
    const found = await images.records(imageIds);
    for (const imageId of imageIds) {
      if (records.length === limit) break;
      read += 1;
      const record = found.get(imageId);
      if (record && isListed(record)) records.push(record);
    }
  }
  return { records, end: read < positions.length ? positions[read - 1] : undefined };
}

/** The index lags behind: an image may be deleted by now. */
function isTheirs(record: ImageRecord, ownerId: string, wanted: Status | undefined): boolean {
  const status = statusOf(record);
  return record.ownerId === ownerId && status !== 'deleted' && (wanted ?? status) === status;
}
