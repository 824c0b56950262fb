// What the engine and its disposable child process say to each other. Byte blocks travel beside these heads.

import type { RejectionCode } from '../../domain/errors.ts';
import type { Variant } from '../../domain/variants.ts';
import type { EncodedRendition, RenderedImage } from '../contract.ts';
import type { ImagingLimits } from '../inspect/limits.ts';

/** The child's end of the socket: behind stdin, stdout and stderr. */
export const channelDescriptor = 3;
/** The file that originals are handed over in. */
export const originalDescriptor = 4;

/** Engine to child: develop what is in the file. The child works on one original at a time. */
export interface RenderOrder {
  /** Of the original. */
  readonly byteLength: number;
  readonly variants: readonly Variant[];
  readonly limits: ImagingLimits;
}

/** Child to engine: it has loaded its libraries, or it has ended its order one way or another. */
export type ChildReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'rendered'; readonly image: ImageWithoutBodies }
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

/** The rendition's bodies are the blocks, in the same order. */
export interface ImageWithoutBodies extends Omit<RenderedImage, 'renditions'> {
  readonly renditions: readonly Omit<EncodedRendition, 'body'>[];
}

export function withoutBodies(image: RenderedImage): ImageWithoutBodies {
  return { ...image, renditions: image.renditions.map(({ body, ...rendition }) => rendition) };
}

export function withBodies(image: ImageWithoutBodies, bodies: readonly Buffer[]): RenderedImage {
  const renditions = image.renditions.map((rendition, index) => {
    const body = bodies[index];
    if (body === undefined) throw new TypeError('a rendition without its body');
    return { ...rendition, body };
  });
  return { ...image, renditions };
}
