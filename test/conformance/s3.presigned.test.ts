// Presigned URLs: what is signed must come, as it was signed, in time, and nothing of Amazon's beside it.
import { createHash } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { sendRaw } from './support/raw-http.ts';

const BODY = 'one original';
const SHA256 = createHash('sha256').update(BODY).digest('base64');
const SIGNED = ['content-type', 'content-length', 'x-amz-checksum-sha256', 'if-none-match'];

describe('S3 presigned URLs', () => {
  let s3: Endpoint;
  let Bucket: string;
  let keys = 0;

  /** A strict one-time upload, and the headers that belong to it. */
  const presignUpload = async (options: { expiresIn?: number; signingDate?: Date } = {}) => {
    const Key = `upload/${keys++}`;
    const client = s3.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({
      Bucket,
      Key,
      ContentType: 'image/png',
      ContentLength: BODY.length,
      ChecksumSHA256: SHA256,
      IfNoneMatch: '*',
    });
    const url = await getSignedUrl(client, command, {
      signableHeaders: new Set(SIGNED),
      unhoistableHeaders: new Set(SIGNED),
      ...options,
    });
    const headers: Record<string, string> = {
      'content-type': 'image/png',
      'content-length': String(BODY.length),
      'x-amz-checksum-sha256': SHA256,
      'if-none-match': '*',
    };
    return { Key, url, headers };
  };
  const put = (url: string, headers: Record<string, string>, body = BODY) =>
    sendRaw({ method: 'PUT', url, headers, body });
  const isStored = async (Key: string): Promise<boolean> =>
    s3.client.send(new HeadObjectCommand({ Bucket, Key })).then(
      () => true,
      () => false,
    );

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
    await s3.client.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'there' }));
  });
  afterAll(() => s3.close());

  it('signs exactly the headers of the strict upload', async () => {
    const { url } = await presignUpload();

    const signedHeaders = new URL(url).searchParams.get('X-Amz-SignedHeaders')?.split(';');

    expect(signedHeaders).toEqual([...SIGNED, 'host'].sort());
  });

  it('lets a download in', async () => {
    const url = await getSignedUrl(s3.client, new GetObjectCommand({ Bucket, Key: 'there' }));

    expect(await sendRaw({ method: 'GET', url })).toMatchObject({ status: 200, text: 'there' });
  });

  it('lets the upload in that it was signed for', async () => {
    const { Key, url, headers } = await presignUpload();

    const answer = await put(url, headers);

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
    expect(answer.status).toBe(200);
    expect(head).toMatchObject({
      ContentType: 'image/png',
      ContentLength: BODY.length,
      ChecksumSHA256: SHA256,
    });
  });

  it('refuses a second PUT to the same one-time URL', async () => {
    const { url, headers } = await presignUpload();
    await put(url, headers);

    const second = await put(url, headers);

    expect(second).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(second.text).toContain('<Condition>If-None-Match</Condition>');
  });

  it.each(SIGNED.filter((name) => name !== 'content-length'))(
    'refuses an upload that leaves out the signed %s',
    async (name) => {
      const { Key, url, headers } = await presignUpload();
      const { [name]: _dropped, ...rest } = headers;

      const answer = await put(url, rest);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(Key)).toBe(false);
    },
  );

  it.each([
    ['content-type', 'image/jpeg'],
    ['x-amz-checksum-sha256', createHash('sha256').update('other').digest('base64')],
    ['if-none-match', '"*"'],
  ])('refuses an upload with another %s than was signed', async (name, value) => {
    const { Key, url, headers } = await presignUpload();

    const answer = await put(url, { ...headers, [name]: value });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await isStored(Key)).toBe(false);
  });

  it.each([`${BODY} and more`, BODY.slice(1)])(
    'refuses a body of another length than was signed: %j',
    async (body) => {
      const { Key, url, headers } = await presignUpload();

      const answer = await put(url, { ...headers, 'content-length': String(body.length) }, body);

      expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
      expect(await isStored(Key)).toBe(false);
    },
  );

  it('refuses a body of unannounced length', async () => {
    const { Key, url, headers } = await presignUpload();
    const { 'content-length': _dropped, ...rest } = headers;

    const answer = await put(url, { ...rest, 'transfer-encoding': 'chunked' });

    expect(answer.status).toBe(403);
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses other bytes than the signed checksum promises', async () => {
    const { Key, url, headers } = await presignUpload();

    const answer = await put(url, headers, 'another text');

    expect(answer).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses an x-amz header that the URL did not sign', async () => {
    const { Key, url, headers } = await presignUpload();

    const answer = await put(url, { ...headers, 'x-amz-meta-owner': 'somebody' });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-meta-owner</HeadersNotSigned>');
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses an expired URL', async () => {
    const { Key, url, headers } = await presignUpload({
      expiresIn: 60,
      signingDate: new Date(Date.now() - 61_000),
    });

    const answer = await put(url, headers);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<Message>Request has expired</Message>');
    expect(await isStored(Key)).toBe(false);
  });

  it('refuses a URL of the future', async () => {
    const { url, headers } = await presignUpload({ signingDate: new Date(Date.now() + 20 * 60_000) });

    const answer = await put(url, headers);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Request is not yet valid');
  });

  it('refuses a longer life than was signed, and one of more than a week', async () => {
    const { url, headers } = await presignUpload({ expiresIn: 60 });
    const stretched = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600');
    const endless = url.replace('X-Amz-Expires=60', 'X-Amz-Expires=604801');

    expect(await put(stretched, headers)).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await put(endless, headers)).toMatchObject({
      status: 400,
      code: 'AuthorizationQueryParametersError',
    });
  });

  it('refuses a tampered signature, key or method', async () => {
    const { url, headers } = await presignUpload();
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    const reversed = signature.split('').reverse().join('');

    const answers = [
      await put(url.replace(signature, reversed), headers),
      await put(url.replace('/upload/', '/elsewhere/'), headers),
      await sendRaw({ method: 'DELETE', url, headers: { ...headers, 'content-length': '0' } }),
    ];

    expect(answers.map((answer) => answer.code)).toEqual(Array(3).fill('SignatureDoesNotMatch'));
  });

  it.each(['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'])(
    'refuses a URL without %s',
    async (parameter) => {
      const { url, headers } = await presignUpload();
      const broken = new URL(url);
      broken.searchParams.delete(parameter);

      const answer = await put(broken.href, headers);

      expect(answer).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' });
    },
  );

  it('stores metadata that the presigner put into the query', async () => {
    const command = new PutObjectCommand({ Bucket, Key: 'hoisted', Metadata: { owner: 'me' } });
    const client = s3.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    const url = await getSignedUrl(client, command);

    await put(url, {});

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'hoisted' }));
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
