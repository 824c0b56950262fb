// A strict one-time upload as the API presigns it: type, length, checksum and If-None-Match are signed headers.
import { createHash, randomUUID } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Endpoint } from './endpoint.ts';
import { type RawAnswer, sendRaw } from './raw-http.ts';

export const uploadBody = 'one original';
export const uploadSha256 = createHash('sha256').update(uploadBody).digest('base64');
export const signedHeaders = ['content-type', 'content-length', 'x-amz-checksum-sha256', 'if-none-match'];

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
    ContentLength: uploadBody.length,
    ChecksumSHA256: uploadSha256,
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(client, command, {
    signableHeaders: new Set(signedHeaders),
    unhoistableHeaders: new Set(signedHeaders),
    ...options,
  });
  const headers = {
    'content-type': 'image/png',
    'content-length': String(uploadBody.length),
    'x-amz-checksum-sha256': uploadSha256,
    'if-none-match': '*',
  };
  return { Key, url, headers };
}

/** Sends a body to an upload URL with exactly these headers. */
export function sendUpload(
  url: string,
  headers: Readonly<Record<string, string>>,
  body = uploadBody,
): Promise<RawAnswer> {
  return sendRaw({ method: 'PUT', url, headers, body });
}
