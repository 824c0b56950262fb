// The use case behind GET /images/{imageId}/renditions/{variant}: where the rendition is that the client likes best.

import { resultsOf } from '../../domain/image-record.ts';
import type { Answer } from '../answer.ts';
import type { ImageReader, SignImageUrls } from '../ports.ts';
import { Problem } from '../problem.ts';
import { bestFor } from './accept.ts';
import { ownImage } from './own-image.ts';
import { urlWindow } from './url-window.ts';

export interface GetRenditionDependencies {
  readonly table: ImageReader;
  readonly signUrls: SignImageUrls;
  readonly clock?: () => Date;
}

export interface GetRenditionRequest {
  readonly imageId: string;
  readonly variant: string;
  readonly accept?: string | undefined;
}

/**
 * Redirects to the format that suits the Accept header best.
 * @throws {Problem} `image-not-found`, also for an image that is somebody else's; `rendition-not-found` for a variant that
 *   there is not, or not yet
 */
export async function getRendition(
  { table, signUrls, clock = () => new Date() }: GetRenditionDependencies,
  ownerId: string,
  { imageId, variant, accept = '*/*' }: GetRenditionRequest,
): Promise<Answer> {
  const record = await ownImage(table, ownerId, imageId);
  const stored = (resultsOf(record).renditions ?? []).filter((rendition) => rendition.variant === variant);
  const best = bestFor(accept, stored);
  if (best === undefined) {
    throw new Problem('rendition-not-found', `Image ${imageId} has no rendition ${variant}, or not yet.`);
  }
  const signedAt = urlWindow(clock());
  const { renditions } = await signUrls({ renditions: [best] }, signedAt);
  const location = renditions.get(best.key) ?? '';
  return { status: 302, headers: { location, vary: 'Accept', 'cache-control': 'private, no-cache' } };
}
