// Pre-signs uploads: a URL or a form that takes one file, of one length and type, once.

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { SignedForm, SignedPut, SignUpload, UploadRequest } from '../api/ports.ts';
import { originalKey } from '../domain/object-keys.ts';

export function createUploadSigner(client: S3Client, bucket: string, expirySeconds: number): SignUpload {
  return (imageId, request, now) =>
    request.method === 'POST'
      ? signForm(originalKey(imageId), request)
      : signPut(originalKey(imageId), request, now);

  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
  async function signPut(key: string, request: UploadRequest, now: Date): Promise<SignedPut> {
    const { contentType, contentLength, checksumSha256 } = request;
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
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
  }

  /**
   * The SDK makes a condition of every field, and S3 refuses fields that have none. No field says If-None-Match: what comes a
   * second time is the same file, by its checksum. It signs as of now, and says in the policy until when.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
   */
  async function signForm(
    key: string,
    { contentType, contentLength, checksumSha256 }: Extract<UploadRequest, { method: 'POST' }>,
  ): Promise<SignedForm> {
    const { url, fields } = await createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Expires: expirySeconds,
      Conditions: [['content-length-range', contentLength, contentLength]],
      Fields: {
        'Content-Type': contentType,
        'X-Amz-Checksum-Algorithm': 'SHA256',
        'X-Amz-Checksum-SHA256': checksumSha256,
      },
    });
    return { method: 'POST', url, fields, expiresAt: expiryOf(fields['Policy'] ?? '') };
  }
}

function expiryOf(policy: string): string {
  const { expiration } = JSON.parse(Buffer.from(policy, 'base64').toString('utf8'));
  return new Date(expiration).toISOString();
}
