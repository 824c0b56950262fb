// Signs the URLs that an image's owner fetches the original and its renditions from: both buckets are private.

import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SignImageUrls } from '../api/ports.ts';

const expirySeconds = 3600;

export function createUrlSigner(client: S3Client, renditionsBucket: string): SignImageUrls {
  const sign = (command: GetObjectCommand) => getSignedUrl(client, command, { expiresIn: expirySeconds });

  return async ({ original, renditions = [] }) => {
    const signed = renditions.map(async ({ key }) => {
      return [key, await sign(new GetObjectCommand({ Bucket: renditionsBucket, Key: key }))] as const;
    });
    return {
      // An original is whatever was uploaded: to be saved, never to be shown by a browser as it is.
      ...(original && {
        original: await sign(
          new GetObjectCommand({
            Bucket: original.bucket,
            Key: original.key,
            ResponseContentDisposition: 'attachment',
          }),
        ),
      }),
      renditions: new Map(await Promise.all(signed)),
    };
  };
}
