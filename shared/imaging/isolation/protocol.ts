// What the engines and their disposable processes say to each other. Byte blocks travel beside these heads.
// They take turns: the parent gives an order and waits, the child answers with one frame and waits in turn.

import type { RejectionCode } from '../../domain/errors.ts';
import type { ImageMetadata, Placeholder } from '../../domain/metadata.ts';
import type { Variant } from '../../domain/variants.ts';
import type { Dimensions } from '../inspect/geometry.ts';
import type { ImagingLimits } from '../inspect/limits.ts';

/** The child's end of the socket: behind stdin, stdout and stderr. */
export const channelDescriptor = 3;
/** The file that originals are handed over in. */
export const originalDescriptor = 4;
/** Bytes that may be asked for at once, in the middle of an order: so much of it the parent holds. */
export const maxReadBytes = 8 * 1024 * 1024;

/** Engine to child: develop what is in the file. */
export interface RenderOrder {
  /** Of the original. */
  readonly byteLength: number;
  readonly variants: readonly Variant[];
  readonly limits: ImagingLimits;
}

/** Engine to child: tell what the original tells of itself. Its first bytes are the block. */
export interface MetadataOrder {
  /** Of the original. */
  readonly byteLength: number;
}

/** Child to engine: it has loaded its libraries. */
export interface Ready {
  readonly kind: 'ready';
}

/** Child to engine, in the middle of an order: these bytes of the original are needed. They are answered as a block. */
export interface ReadRequest {
  readonly kind: 'read';
  readonly offset: number;
  readonly length: number;
}

/**
 * Child to engine: it has ended its order. The blocks are the bodies, in the order of the variants and of their formats:
 * what they are is known from the order, and nothing that is said here could change it.
 */
export interface RenderedReport {
  readonly kind: 'rendered';
  /** Of the original as displayed: what the dimensions of every rendition follow from. */
  readonly displayed: Dimensions;
  /** Of every rendition in a format that animates. */
  readonly frames: number;
  /** As they were encoded, one a body. */
  readonly renditions: readonly Dimensions[];
  readonly placeholder: Placeholder;
  readonly perceptualHash: string;
}

export interface MetadataReport {
  readonly kind: 'metadata';
  readonly metadata: ImageMetadata;
}

/** Child to engine: the order could not be fulfilled, by fault of the file or by nobody knows whose. */
export type FailureReport =
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
