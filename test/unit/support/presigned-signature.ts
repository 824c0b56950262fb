// The signature that S3 would compute for a request to a pre-signed URL, by AWS's page and by nothing of the SDK.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

import { createHash, createHmac } from 'node:crypto';

export interface SignedRequest {
  readonly method: string;
  readonly url: string;
  /** As the client sends them, Content-Length and Host among them, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly secretAccessKey: string;
}

const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export function presignedSignature({ method, url, headers, secretAccessKey }: SignedRequest): string {
  const { pathname, searchParams } = new URL(url);
  const signedHeaders = searchParams.get('X-Amz-SignedHeaders') ?? '';
  const query = [...searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted();
  const canonicalRequest = [
    ...[method, pathname, query.join('&')],
    ...signedHeaders.split(';').map((name) => `${name}:${headers[name]}`),
    ...['', signedHeaders, 'UNSIGNED-PAYLOAD'],
  ].join('\n');
  const [, ...scope] = (searchParams.get('X-Amz-Credential') ?? '').split('/');
  const stringToSign = [
    ...['AWS4-HMAC-SHA256', searchParams.get('X-Amz-Date'), scope.join('/')],
    createHash('sha256').update(canonicalRequest).digest('hex'),
  ].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, stringToSign).toString('hex');
}
