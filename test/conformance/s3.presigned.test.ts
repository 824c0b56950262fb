// Presigned URLs: in time, untampered, and with what the presigner put into the query.
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { sendRaw } from './support/raw-http.ts';
import { presignStrictUpload, sendUpload } from './support/strict-upload.ts';

describe('S3 presigned URLs', () => {
  const { s3, Bucket, put, isStored, headOf } = useBucket();

  beforeAll(async () => {
    await put('there', 'there');
  });

  it('lets a download in', async () => {
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'there' }));

    expect(await sendRaw({ method: 'GET', url })).toMatchObject({ status: 200, text: 'there' });
  });

  it('refuses an expired URL', async () => {
    const { Key, url, headers } = await presignStrictUpload(s3, Bucket, {
      expiresIn: 60,
      signingDate: new Date(Date.now() - 61_000),
    });

    const answer = await sendUpload(url, headers);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<Message>Request has expired</Message>');
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses a URL of the future', async () => {
    const { url, headers } = await presignStrictUpload(s3, Bucket, {
      signingDate: new Date(Date.now() + 20 * 60_000),
    });

    const answer = await sendUpload(url, headers);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Request is not yet valid');
  });

  it('refuses a longer life than was signed, and one of more than a week', async () => {
    const { url, headers } = await presignStrictUpload(s3, Bucket, { expiresIn: 60 });
    const stretched = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600');
    const endless = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801');

    expect(await sendUpload(stretched, headers)).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    expect(await sendUpload(endless, headers)).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
    });
  });

  it('refuses a tampered signature, key or method', async () => {
    const { url, headers } = await presignStrictUpload(s3, Bucket);
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    const reversed = signature.split('').reverse().join('');

    const answers = [
      await sendUpload(url.replace(signature, reversed), headers),
      await sendUpload(url.replace('/upload/', '/elsewhere/'), headers),
      await sendRaw({ method: 'DELETE', url, headers: { ...headers, 'content-length': '0' } }),
    ];

    expect(answers.map((answer) => answer.code)).toEqual(Array(3).fill('SignatureDoesNotMatch'));
  });

  it.each(['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'])(
    'refuses a URL without %s',
    async (parameter) => {
      const { url, headers } = await presignStrictUpload(s3, Bucket);
      const broken = new URL(url);
      broken.searchParams.delete(parameter);

      const answer = await sendUpload(broken.href, headers);

      expect(answer).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' });
    },
  );

  it('stores metadata that the presigner put into the query', async () => {
    const command = new PutObjectCommand({ Bucket, Key: 'hoisted', Metadata: { owner: 'me' } });
    const client = s3.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(client, command);

    await sendUpload(url, {});

    const head = await headOf('hoisted');
    expect(new URL(url).searchParams.get('x-amz-meta-owner')).toBe('me');
    expect(head.Metadata).toEqual({ owner: 'me' });
  });

  it('refuses a HEAD with a URL signed for GET', async () => {
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'there' }));

    expect((await sendRaw({ method: 'HEAD', url })).status).toBe(403);
  });

  it('refuses a URL signed with another secret', async () => {
    const client = s3.newClient({ credentials: { ...s3.credentials, secretAccessKey: 'wrong' } });
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'there' }));

    expect(await sendRaw({ method: 'GET', url })).toMatchObject({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
  });
});
