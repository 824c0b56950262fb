// Asks S3 whether an upload has arrived, whatever events say.

import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { originalKey } from '../domain/object-keys.ts';
import type { OriginalFinder } from '../reconcile/ports.ts';
import { classified, hasName } from './sdk-errors.ts';

export function createOriginalFinder(client: S3Client, bucket: string): OriginalFinder {
  return {
    async find(imageId) {
      const key = originalKey(imageId);
      const request = client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const head = await classified('S3 HeadObject', request.catch(missingAsUndefined));
      return (
        head && { bucket, key, eTag: (head.ETag ?? '').replaceAll('"', ''), bytes: head.ContentLength ?? 0 }
      );
    },
  };
}

function missingAsUndefined(error: unknown): undefined {
  if (hasName(error, 'NotFound', 'NoSuchKey')) return undefined;
  throw error;
}
