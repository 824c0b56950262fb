// The list of images over a table in memory, as its owner asks for it.

import { createCursors } from '../../../shared/api/images/cursor.ts';
import { type ImageList, listImages } from '../../../shared/api/images/list-images.ts';
import type { OwnersImages } from '../../../shared/api/ports.ts';
import type { Query } from '../../../shared/api/query.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

export const begin = Date.parse('2026-11-02T12:00:00.000Z');
/** So many milliseconds after the beginning. */
export const createdAt = (index: number) => new Date(begin + index).toISOString();
/** By whom an image in the table is marked as deleted. */
export const tombstone = { messageId: 'm', receiveCount: 1 };

export function createListWorld() {
  const memory = createMemoryImages();
  const reads: number[] = [];
  const images: OwnersImages = {
    ...memory.owners,
    records(imageIds) {
      reads.push(imageIds.length);
      return memory.owners.records(imageIds);
    },
  };
  const signUrls = async ({ original }: Pick<ImageRecord, 'original'>, signedAt: Date) => ({
    ...{ original: `https://bucket/${original?.key}?${signedAt.toISOString()}` },
    renditions: new Map<string, string>(),
  });
  const cursors = createCursors('a key of this stage');
  const dependencies = { images, cursors, signUrls };
  const list = async (query: Query = {}, ownerId = 'local') =>
    (await listImages(dependencies, ownerId, query)).body as ImageList;
  return { ...memory, images, reads, dependencies, list };
}

export const idsOf = ({ images }: ImageList) => images.map(({ imageId }) => imageId);
