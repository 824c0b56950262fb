// Reads originals from S3, whole or by range, and only the very object that the event spoke of.

import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { OriginalCreated } from '../domain/events/s3-event.ts';
import { OriginalGone, type OriginalStore } from '../processing/ports.ts';
import { classified, hasName } from './sdk-errors.ts';

export function createOriginalStore(client: S3Client): OriginalStore {
  async function get({ bucket, key, eTag }: OriginalCreated, range?: string): Promise<Uint8Array> {
    const command = new GetObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${eTag}"`, Range: range });
    const request = client.send(command).then(({ Body }) => Body?.transformToByteArray() ?? new Uint8Array());
    const bytes = await classified('S3 GetObject', request.catch(replacedAsUndefined));
    if (bytes === undefined) throw new OriginalGone('The original was deleted or overwritten.');
    return bytes;
  }

  return {
    fetch: (event) => get(event),
    source: (event) => {
      let bytesRead = 0;
      return {
        byteLength: event.bytes,
        get bytesRead() {
          return bytesRead;
        },
        async read(offset, length) {
          const end = Math.min(offset + length, event.bytes);
          // A range that begins at the end of an object is refused by S3.
          if (offset >= end) return new Uint8Array();
          const bytes = await get(event, `bytes=${offset}-${end - 1}`);
          bytesRead += bytes.byteLength;
          return bytes;
        },
      };
    },
  };
}

function replacedAsUndefined(error: unknown): undefined {
  if (hasName(error, 'NoSuchKey', 'NotFound', 'PreconditionFailed')) return undefined;
  throw error;
}
