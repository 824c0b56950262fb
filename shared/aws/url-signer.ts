// Signs the URLs that an image's owner fetches the original and its renditions from: both buckets are private. What the
// answer's headers say is signed along, so that nothing which was stored with the object is believed.

import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SignImageUrls } from '../api/ports.ts';
import { outputFormat } from '../domain/formats.ts';

/** How long a signed URL can be used. The buckets refuse older signatures: resources/storage.yml. */
export const urlExpirySeconds = 3600;

/** An original is whatever was uploaded: to be saved as it is, never to be shown by a browser. */
const asDownload = {
  ResponseContentType: 'application/octet-stream',
  ResponseContentDisposition: 'attachment',
  ResponseContentEncoding: 'identity',
  ResponseCacheControl: 'private, no-store',
} as const;

/** Its owner's, and the same for ever. */
const asPicture = {
  ResponseContentDisposition: 'inline',
  ResponseContentEncoding: 'identity',
  ResponseCacheControl: 'private, max-age=31536000, immutable',
} as const;

export function createUrlSigner(client: S3Client, renditionsBucket: string): SignImageUrls {
  return async ({ original, renditions = [] }, signingDate) => {
    const sign = (input: GetObjectCommandInput) =>
      getSignedUrl(client, new GetObjectCommand(input), { expiresIn: urlExpirySeconds, signingDate });
    const signed = renditions.map(async ({ key, format }) => {
      const ResponseContentType = outputFormat(format).contentType;
      return [
        key,
        await sign({ Bucket: renditionsBucket, Key: key, ResponseContentType, ...asPicture }),
      ] as const;
    });
    return {
      ...(original && {
        original: await sign({ Bucket: original.bucket, Key: original.key, ...asDownload }),
      }),
      renditions: new Map(await Promise.all(signed)),
    };
  };
}
