// Strict one-time uploads by presigned URL: what is signed must come, as it was signed, once.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import {
  presignStrictUpload,
  sendUpload,
  signedHeaders,
  uploadBody,
  uploadSha256,
} from './support/strict-upload.ts';

describe('S3 strict one-time uploads', () => {
  const { s3, Bucket, isStored, headOf } = useBucket();

  it('signs exactly the headers of the strict upload', async () => {
    const { url } = await presignStrictUpload(s3, Bucket);

    const signed = new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');

    expect(signed).toEqual([...signedHeaders, 'host'].sort());
  });

  it('lets the upload in that it was signed for', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await sendUpload(url, headers);

    const head = await headOf(Key);
    expect(answer.status).toBe(200);
    expect(head).toMatchObject({
      ContentType: 'image/png',
      ContentLength: uploadBody.length,
      ChecksumSHA256: uploadSha256,
    });
  });

  it('refuses a second PUT to the same one-time URL', async () => {
    const { url, headers } = await presignStrictUpload(s3, Bucket);
    await sendUpload(url, headers);

    const second = await sendUpload(url, headers);

    expect(second).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(second.text).toContain('<Condition>If-None-Match</Condition>');
  });

  it.each(signedHeaders.filter((name) => name !== 'content-length'))(
    'refuses an upload that leaves out the signed %s',
    async (name) => {
      const { Key, url, headers } = await presignStrictUpload(s3, Bucket);
      const { [name]: _dropped, ...rest } = headers;

      const answer = await sendUpload(url, rest);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(Key)).toBe(false);
    },
  );

  it.each([
    ['content-type', 'image/jpeg'],
    ['x-amz-checksum-sha256', createHash('sha256').update('other').digest('base64')],
    ['if-none-match', '"*"'],
  ])('refuses an upload with another %s than was signed', async (name, value) => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await sendUpload(url, { ...headers, [name]: value });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored(Key)).toBe(false);
  });

  it.each([`${uploadBody} and more`, uploadBody.slice(1)])(
    'refuses a body of another length than was signed: %j',
    async (body) => {
      const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

      const answer = await sendUpload(url, { ...headers, 'content-length': String(body.length) }, body);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(Key)).toBe(false);
    },
  );

  it('refuses a body of unannounced length', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);
    const { 'content-length': _dropped, ...rest } = headers;

    const answer = await sendUpload(url, { ...rest, 'transfer-encoding': 'chunked' });

    expect(answer.status).toBe(403);
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses other bytes than the signed checksum promises', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await sendUpload(url, headers, 'another text');

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses an x-amz header that the URL did not sign', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket);

    const answer = await sendUpload(url, { ...headers, 'x-amz-meta-owner': 'somebody' });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned>');
    expect(await isStored(Key)).toBe(false);
  });
});
