// Strict one-time uploads by presigned URL: what is signed must come, as it was signed, once.
import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { isStored } from './support/objects.ts';
import { sendRaw } from './support/raw-http.ts';
import { presignStrictUpload, SIGNED_HEADERS, UPLOAD_BODY, UPLOAD_SHA256 } from './support/strict-upload.ts';

describe('S3 strict one-time uploads', () => {
  let s3: Endpoint;
  let Bucket: string;
  const put = (url: string, headers: Record<string, string>, body = UPLOAD_BODY) =>
    sendRaw({ method: 'PUT', url, headers, body });

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
  });
  afterAll(() => s3.close());

  it('signs exactly the headers of the strict upload', async () => {
    const { url } = await presignStrictUpload(s3, Bucket);

    const signedHeaders = new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');

    expect(signedHeaders).toEqual([...SIGNED_HEADERS, 'host'].sort());
  });

  it('lets the upload in that it was signed for', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await put(url, headers);

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(answer.status).toBe(200);
    expect(head).toMatchObject({
      ContentType: 'image/png',
      ContentLength: UPLOAD_BODY.length,
      ChecksumSHA256: UPLOAD_SHA256,
    });
  });

  it('refuses a second PUT to the same one-time URL', async () => {
    const { url, headers } = await presignStrictUpload(s3, Bucket);
    await put(url, headers);

    const second = await put(url, headers);

    expect(second).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(second.text).toContain('<Condition>If-None-Match</Condition>');
  });

  it.each(SIGNED_HEADERS.filter((name) => name !== 'content-length'))(
    'refuses an upload that leaves out the signed %s',
    async (name) => {
      const { Key, url, headers } = await presignStrictUpload(s3, Bucket);
      const { [name]: _dropped, ...rest } = headers;

      const answer = await put(url, rest);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(s3.client, Bucket, Key)).toBe(false);
    },
  );

  it.each([
    ['content-type', 'image/jpeg'],
    ['x-amz-checksum-sha256', createHash('sha256').update('other').digest('base64')],
    ['if-none-match', '"*"'],
  ])('refuses an upload with another %s than was signed', async (name, value) => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await put(url, { ...headers, [name]: value });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored(s3.client, Bucket, Key)).toBe(false);
  });

  it.each([`${UPLOAD_BODY} and more`, UPLOAD_BODY.slice(1)])(
    'refuses a body of another length than was signed: %j',
    async (body) => {
      const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

      const answer = await put(url, { ...headers, 'content-length': String(body.length) }, body);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(s3.client, Bucket, Key)).toBe(false);
    },
  );

  it('refuses a body of unannounced length', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);
    const { 'content-length': _dropped, ...rest } = headers;

    const answer = await put(url, { ...rest, 'transfer-encoding': 'chunked' });

    expect(answer.status).toBe(403);
    expect(await isStored(s3.client, Bucket, Key)).toBe(false);
  });

  it('refuses other bytes than the signed checksum promises', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await put(url, headers, 'another text');

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(s3.client, Bucket, Key)).toBe(false);
  });

  it('refuses an x-amz header that the URL did not sign', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await put(url, { ...headers, 'x-amz-meta-owner': 'somebody' });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned>');
    expect(await isStored(s3.client, Bucket, Key)).toBe(false);
  });
});
