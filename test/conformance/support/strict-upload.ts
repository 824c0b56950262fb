// A strict one-time upload as the API presigns it: type, length, checksum and If-None-Match are signed headers.
import { createHash, randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Endpoint } from './endpoint.ts';

export const UPLOAD_BODY = 'one original';
export const UPLOAD_SHA256 = createHash('sha256').update(UPLOAD_BODY).digest('base64');
export const SIGNED_HEADERS = ['content-type', 'content-length', 'x-amz-checksum-sha256', 'if-none-match'];

export interface StrictUpload {
  readonly Key: string;
  readonly url: string;
  readonly headers: Record<string, string>;
}

/** Presigns one upload of UPLOAD_BODY under a fresh key, and tells the headers that belong to it. */
export async function presignStrictUpload(
  s3: Endpoint,
  Bucket: string,
  options: { expiresIn?: number; signingDate?: Date } = {},
): Promise<StrictUpload> {
  const Key = `upload/${randomUUID()}`;
  const client = s3.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const command = new PutObjectCommand({
    Bucket,
    Key,
    ContentType: 'image/png',
    ContentLength: UPLOAD_BODY.length,
    ChecksumSHA256: UPLOAD_SHA256,
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(client, command, {
    signableHeaders: new Set(SIGNED_HEADERS),
    unhoistableHeaders: new Set(SIGNED_HEADERS),
    ...options,
  });
  const headers = {
    'content-type': 'image/png',
    'content-length': String(UPLOAD_BODY.length),
    'x-amz-checksum-sha256': UPLOAD_SHA256,
    'if-none-match': '*',
  };
  return { Key, url, headers };
}
