// GET /images/{imageId} over a table with one image in it, at noon.

import { type GetImageRequest, getImage } from '../../../shared/api/images/get-image.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { ready } from '../../support/image-records.ts';
import { createMemoryImages } from '../../support/memory/image-table.ts';

export const noon = new Date('2026-11-02T12:00:00.000Z');
export const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

/** The route over a table with one image in it. */
export async function storedImage(
  record = ready({ original: { bucket: 'b', key: 'k', eTag: 'e', bytes: 5 } }),
) {
  const { table, put } = createMemoryImages();
  await put(record);
  const { imageId } = record;
  const signUrls = async ({ original }: Pick<ImageRecord, 'original'>, signedAt: Date) => ({
    ...{ original: `https://bucket/${original?.key}?${signedAt.toISOString()}` },
    renditions: new Map<string, string>(),
  });
  const paused: number[] = [];
  let whilePausing: (pauses: number) => Promise<void> = async () => {};
  const dependencies = {
    ...{ table, signUrls, clock: () => noon },
    async pause(milliseconds: number) {
      paused.push(milliseconds);
      await whilePausing(paused.length);
    },
  };
  const get = (changes: Partial<GetImageRequest> = {}, clock = () => noon) =>
    getImage({ ...dependencies, clock }, 'local', { imageId, query: {}, ...changes });
  return {
    ...{ record, dependencies, get, put, paused },
    /** What happens to the image while a request waits. */
    meanwhile(act: (pauses: number) => Promise<void>) {
      whilePausing = act;
    },
  };
}

export const eTagIn = ({ headers }: { headers?: Readonly<Record<string, string>> }) =>
  headers?.['etag'] ?? '';
