// Stores renditions. Keys are deterministic and their bytes never change: their owner’s browser may keep them for ever, and
// no cache that people share may keep them at all.

import { DeleteObjectsCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RenditionStore } from '../processing/ports.ts';
import { classified } from './sdk-errors.ts';

export function createRenditionStore(client: S3Client, bucket: string): RenditionStore {
  return {
    async put(key, { body, contentType }) {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: 'private, max-age=31536000, immutable',
      });
      await classified('S3 PutObject', client.send(command));
    },

    async delete(keys) {
      if (keys.length === 0) return;
      const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
      const request = client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete }));
      const { Errors = [] } = await classified('S3 DeleteObjects', request);
      const [first] = Errors;
      if (first)
        await classified(
          'S3 DeleteObjects',
          Promise.reject(Object.assign(new Error(first.Message), { name: first.Code })),
        );
    },
  };
}
