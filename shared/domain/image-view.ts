// How an image looks from outside: the shape that the API answers and image events carry. Pure.

import type { FailureCode } from './errors.ts';
import { sourceFormats } from './formats.ts';
import { type ImageRecord, resultsOf } from './image-record.ts';
import type { ImageMetadata, Placeholder } from './metadata.ts';
import { failureOf, type Status, statusOf } from './status.ts';
import type { StoredRendition } from './stored-rendition.ts';
import type { Task } from './tasks.ts';

export interface RenditionView extends Omit<StoredRendition, 'key'> {
  readonly url?: string;
}

export interface ImageView {
  readonly imageId: string;
  readonly status: Status;
  readonly fileName: string | null;
  readonly createdAt: string | null;
  readonly updatedAt: string;
  readonly original: OriginalView | null;
  readonly metadata: ImageMetadata | null;
  readonly placeholder: Placeholder | null;
  readonly perceptualHash: string | null;
  readonly renditions: readonly RenditionView[];
  readonly failure: { code: FailureCode; message: string; task: Task; retryable: boolean } | null;
}

export interface OriginalView {
  /** By content, once that is known. */
  readonly contentType: string | null;
  readonly bytes: number;
  /** Of the bytes, in hex, once they were read whole. */
  readonly sha256: string | null;
  readonly url?: string;
}

/** Signs what a viewer may fetch; events carry no URLs and pass none. */
export interface ImageUrls {
  readonly original?: string;
  /** By the rendition's key. */
  readonly renditions: ReadonlyMap<string, string>;
}

const noUrls: ImageUrls = { renditions: new Map() };

/** The image as its owner sees it: results only of the original that is there now. */
export function viewImage(record: ImageRecord, urls: ImageUrls = noUrls): ImageView {
  const status = statusOf(record);
  const failure = failureOf(record);
  const { metadata, placeholder, perceptualHash, sha256, renditions = [] } = resultsOf(record);
  return {
    imageId: record.imageId,
    status,
    fileName: record.fileName ?? null,
    createdAt: record.createdAt ?? null,
    updatedAt: record.updatedAt,
    original: record.original
      ? {
          contentType: metadata ? sourceFormats[metadata.format].contentType : null,
          bytes: record.original.bytes,
          sha256: sha256 ?? null,
          ...(urls.original !== undefined && { url: urls.original }),
        }
      : null,
    metadata: metadata ?? null,
    placeholder: placeholder ?? null,
    perceptualHash: perceptualHash ?? null,
    renditions: renditions.map((rendition) => viewRendition(rendition, urls)),
    failure: failure ? { ...failure, retryable: status === 'failed' } : null,
  };
}

function viewRendition({ key, ...rendition }: StoredRendition, urls: ImageUrls): RenditionView {
  const url = urls.renditions.get(key);
  return { ...rendition, ...(url !== undefined && { url }) };
}
