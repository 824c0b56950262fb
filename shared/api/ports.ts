// What the use cases behind the routes need of the world. The adapters in shared/aws/ implement them.

import type { RepublishedOriginal } from '../domain/events/s3-notification.ts';
import type { ImageRecord } from '../domain/image-record.ts';
import type { ImageUrls } from '../domain/image-view.ts';
import type { LedgerRecord, QuotaLimits } from '../domain/quota.ts';
import type { Task } from '../domain/tasks.ts';

/** An image that an upload URL is issued for. */
export type RequestedImage = ImageRecord & Required<Pick<ImageRecord, 'upload' | 'charge' | 'createdAt'>>;

export interface RequestedImages {
  create(record: RequestedImage): Promise<void>;
  /** Takes back an image that no URL is issued for after all. */
  withdraw(imageId: string): Promise<void>;
}

/** What the owner's ledger has to do with requests; what becomes of images it learns from those who work on them. */
export interface OwnerLedger {
  /** The latest; undefined before an owner's first image. */
  read(ownerId: string): Promise<LedgerRecord | undefined>;
  /**
   * Counts an image that a URL is to be issued for, if there is room for it; false when there is none.
   * @param isFirst whether there was no ledger a moment ago
   */
  reserve(
    ownerId: string,
    image: { readonly imageId: string; readonly bytes: number },
    limits: QuotaLimits,
    isFirst: boolean,
  ): Promise<boolean>;
  /** Counts an image again, if there is room for it; false when there is none. */
  retakeWithin(
    ownerId: string,
    change: { readonly imageId: string; readonly bytes: number; readonly changeId: string },
    limits: QuotaLimits,
  ): Promise<boolean>;
}

export interface ImageReader {
  get(imageId: string): Promise<ImageRecord | undefined>;
}

/** Where an image stands among its owner's. */
export interface ImagePosition {
  readonly imageId: string;
  readonly createdAt: string;
}

/** An owner's images: their places in the order, and what is stored of them. */
export interface OwnersImages {
  /** Newest first: at most so many, from right after a position on, whether or not an image is still there. */
  positions(ownerId: string, maxImages: number, after?: ImagePosition): Promise<ImagePosition[]>;
  /** The records of images, by ID; what is gone by now is left out. */
  records(imageIds: readonly string[]): Promise<ReadonlyMap<string, ImageRecord>>;
}

export interface OwnersRemovals {
  /** Leaves a tombstone that nothing outranks; undefined when the image is not the owner's, or is deleted already. */
  markDeleted(imageId: string, ownerId: string): Promise<ImageRecord | undefined>;
}

export interface TaskRestarts {
  /** Takes ended tasks back, to be done again; undefined when any of them has moved on. */
  restart(seen: ImageRecord, tasks: readonly Task[]): Promise<ImageRecord | undefined>;
}

/** Puts an original before all workers, as S3 itself would have done with an event of this sequencer. */
export type RepublishOriginal = (original: RepublishedOriginal, sequencer: string) => Promise<void>;

/** What a client asks to upload, once it is found to be in order: by PUT, or by a form, which pins the file's bytes. */
export type UploadRequest = RequestedFile &
  (
    | { readonly method?: 'PUT'; readonly checksumSha256?: string }
    | { readonly method: 'POST'; readonly checksumSha256: string }
  );

interface RequestedFile {
  /** One of `acceptedContentTypes`, whatever alias the client used. */
  readonly contentType: string;
  /** Bytes. */
  readonly contentLength: number;
  readonly fileName?: string;
}

export type SignedUpload = SignedPut | SignedForm;

export interface SignedPut {
  readonly method: 'PUT';
  readonly url: string;
  /** To be sent as they are: S3 refuses the upload without them. Content-Length is signed too. */
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

export interface SignedForm {
  readonly method: 'POST';
  readonly url: string;
  /** To be sent as they are, before the file: S3 refuses any other, and a form without one of these. */
  readonly fields: Readonly<Record<string, string>>;
  readonly expiresAt: string;
}

/** Pre-signs one upload: of one file, of one length and type, once. */
export type SignUpload = (imageId: string, request: UploadRequest, now: Date) => Promise<SignedUpload>;

/** Signs the URLs that an image's owner fetches the original and its renditions from, as of `signedAt`. */
export type SignImageUrls = (
  objects: Pick<ImageRecord, 'original' | 'renditions'>,
  signedAt: Date,
) => Promise<ImageUrls>;
