// Pre-signs uploads: a URL that takes one file, of one length and type, once.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SignUpload } from '../api/ports.ts';
import { originalKey } from '../domain/object-keys.ts';

export function createUploadSigner(client: S3Client, bucket: string, expirySeconds: number): SignUpload {
  return async (imageId, { contentType, contentLength, checksumSha256 }, now) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: originalKey(imageId),
      ContentType: contentType,
      ContentLength: contentLength,
      ChecksumSHA256: checksumSha256,
      IfNoneMatch: '*',
    });
    const url = await getSignedUrl(client, command, {
      expiresIn: expirySeconds,
      signingDate: now,
      // The SDK leaves content-type unsigned and moves checksums into the query unless it is told otherwise.
      signableHeaders: new Set(['content-type']),
      unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    });
    return {
      method: 'PUT',
      url,
      headers: {
        'content-type': contentType,
        'if-none-match': '*',
        ...(checksumSha256 !== undefined && { 'x-amz-checksum-sha256': checksumSha256 }),
      },
      expiresAt: new Date(now.getTime() + expirySeconds * 1000).toISOString(),
    };
  };
}
