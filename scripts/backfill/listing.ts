// Lists a bucket page by page, in the order of keys, from any key on.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { RepublishedOriginal } from '../../shared/domain/events/s3-notification.ts';

export interface ListedObject extends RepublishedOriginal {
  /** In a storage class that answers no GET until somebody restores it. */
  readonly isArchived: boolean;
}

export interface Page {
  readonly objects: readonly ListedObject[];
  /** Where to go on after this page. */
  readonly lastKey: string;
}

export interface ListingOptions {
  readonly bucket: string;
  readonly prefix: string;
  readonly pageSize: number;
  /** The listing begins behind this key; from the start, when it is empty. */
  readonly startAfter: string;
}

const archived: readonly string[] = ['GLACIER', 'DEEP_ARCHIVE'];

/** Yields every page that has objects. Markers of empty folders are left out. */
export async function* listPages(
  s3: S3Client,
  { bucket, prefix, pageSize, startAfter }: ListingOptions,
): AsyncGenerator<Page, void, void> {
  // A key to go on behind holds for ever; a continuation token does not outlive its listing.
  let after = startAfter;
  for (;;) {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      MaxKeys: pageSize,
      ...(after !== '' && { StartAfter: after }),
    });
    const { Contents = [], IsTruncated } = await s3.send(command);
    const objects = Contents.flatMap(({ Key = '', ETag = '', Size = 0, StorageClass = '' }) => {
      if (Key.endsWith('/') && Size === 0) return [];
      const isArchived = archived.includes(StorageClass);
      return { bucket, key: Key, eTag: ETag.replaceAll('"', ''), bytes: Size, isArchived };
    });
    const lastKey = Contents.at(-1)?.Key ?? after;
    if (Contents.length > 0) yield { objects, lastKey };
    if (!IsTruncated || Contents.length === 0) return;
    after = lastKey;
  }
}
