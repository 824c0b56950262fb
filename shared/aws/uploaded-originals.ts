// The originals under the keys that upload URLs are issued for: whether one has arrived, and its deletion.

import { DeleteObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { originalKey } from '../domain/object-keys.ts';
import type { UploadedOriginals } from '../processing/ports.ts';
import type { OriginalFinder } from '../reconcile/ports.ts';
import { classified, hasName } from './sdk-errors.ts';

/** @param bucket the stage's own */
export function createUploadedOriginals(
  client: S3Client,
  bucket: string,
): OriginalFinder & UploadedOriginals {
  async function deleteObject(Key: string): Promise<void> {
    await classified('S3 DeleteObject', client.send(new DeleteObjectCommand({ Bucket: bucket, Key })));
  }

  return {
    async find(imageId) {
      const key = originalKey(imageId);
      const request = client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
      const head = await classified('S3 HeadObject', request.catch(missingAsUndefined));
      return (
        head && { bucket, key, eTag: (head.ETag ?? '').replaceAll('"', ''), bytes: head.ContentLength ?? 0 }
      );
    },

    delete: (imageId) => deleteObject(originalKey(imageId)),

    async deleteUnissued(original) {
      if (original.bucket === bucket) await deleteObject(original.key);
    },
  };
}

/** A HEAD is answered without a body, and so without a code of S3's: the SDK names it by its status. */
function missingAsUndefined(error: unknown): undefined {
  if (hasName(error, 'NotFound')) return undefined;
  throw error;
}
