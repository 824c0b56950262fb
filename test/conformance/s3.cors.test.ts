// CORS: rules of a bucket, preflights that they allow or not, and headers on actual requests.
import { DeleteBucketCorsCommand, GetBucketCorsCommand, PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { isExternal } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const allowedOrigin = 'https://app.example.com';
const corsRules = [
  {
    AllowedOrigins: [allowedOrigin, 'http://localhost:*', 'https://*.example.org'],
    AllowedMethods: ['PUT', 'POST'],
    AllowedHeaders: ['content-type', 'x-amz-*'],
    ExposeHeaders: ['ETag'],
    MaxAgeSeconds: 600,
  },
  { AllowedOrigins: ['*'], AllowedMethods: ['GET'] },
];

describe('S3 CORS', () => {
  const { s3, Bucket: open, put, send, isStored } = useBucket();
  let closed: string;
  const preflight = (bucket: string, headers: Record<string, string>) =>
    sendRaw({ method: 'OPTIONS', url: `${s3.url}/${bucket}/key`, headers });
  const asks = (origin: string, method: string, headers?: string) => ({
    origin,
    'access-control-request-method': method,
    ...(headers !== undefined && { 'access-control-request-headers': headers }),
  });

  beforeAll(async () => {
    closed = await s3.createBucket();
    await s3.client.send(
      new PutBucketCorsCommand({ Bucket: open, CORSConfiguration: { CORSRules: corsRules } }),
    );
    await put('key');
  });

  it('keeps the rules of a bucket', async () => {
    const { CORSRules } = await s3.client.send(new GetBucketCorsCommand({ Bucket: open }));

    expect(CORSRules).toMatchObject(corsRules);
  });

  it('allows a preflight that a rule covers', async () => {
    const answer = await preflight(open, asks(allowedOrigin, 'PUT', 'Content-Type, X-Amz-Checksum-Sha256'));

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': allowedOrigin,
      'access-control-allow-methods': 'PUT, POST',
      'access-control-allow-headers': 'content-type, x-amz-checksum-sha256',
      'access-control-expose-headers': 'ETag',
      'access-control-max-age': '600',
      'access-control-allow-credentials': 'true',
    });
    expect(answer.headers.vary).toContain('Origin');
  });

  it('allows an origin by its pattern', async () => {
    const answer = await preflight(open, asks('http://localhost:5173', 'PUT'));

    expect(answer).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'http://localhost:5173' },
    });
  });

  it('allows every origin where the rule says so, without credentials', async () => {
    const answer = await preflight(open, asks('https://anybody.example', 'GET'));

    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    ['origin', 'https://evil.example', 'PUT', undefined],
    ['origin that only contains an allowed one', `${allowedOrigin}.evil.example`, 'PUT', undefined],
    ['origin that only begins like an allowed one', 'https://a.example.org.evil.example', 'PUT', undefined],
    ['origin that only ends like an allowed one', 'http://evil.example.org', 'PUT', undefined],
    ['method', allowedOrigin, 'DELETE', undefined],
    ['header', allowedOrigin, 'PUT', 'authorization'],
  ])('denies another %s', async (_what, origin, method, headers) => {
    const answer = await preflight(open, asks(origin, method, headers));

    expect(answer).toMatchObject({ status: 403, code: 'AccessForbidden' });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('denies every preflight of a bucket without rules', async () => {
    const answer = await preflight(closed, asks(allowedOrigin, 'PUT'));

    expect(answer).toMatchObject({ status: 403, code: 'AccessForbidden' });
    expect(answer.text).toContain('CORS is not enabled for this bucket');
  });

  it('refuses a preflight without origin or method', async () => {
    expect((await preflight(open, { 'access-control-request-method': 'PUT' })).status).toBe(400);
    expect((await preflight(open, { origin: allowedOrigin })).status).toBe(400);
  });

  it('adds the headers to actual requests, refused ones too', async () => {
    const request = { method: 'GET', path: `/${open}/key`, headers: { origin: allowedOrigin } };
    const allowed = await sendRaw(await signRaw(s3, request));
    const refused = await sendRaw({
      method: 'PUT',
      url: `${s3.url}/${open}/key`,
      headers: { origin: allowedOrigin },
    });

    expect(allowed).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': '*' } });
    expect(refused).toMatchObject({ status: 403, headers: { 'access-control-allow-origin': allowedOrigin } });
    expect(refused.headers['access-control-expose-headers']).toBe('ETag');
  });

  it('adds no headers for origins that no rule covers', async () => {
    const answer = await sendRaw({
      method: 'PUT',
      url: `${s3.url}/${open}/key`,
      headers: { origin: 'https://evil.example' },
    });

    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.skipIf(isExternal)(
    'refuses what such an origin sends, signed or not (S3 itself would store it)',
    async () => {
      const origin = 'https://evil.example';

      const answers = [
        await send('PUT', 'evil', { headers: { origin }, body: 'x' }),
        await sendRaw(await signRaw(s3, { method: 'GET', path: '/', headers: { origin } })),
        await sendRaw(await signRaw(s3, { method: 'GET', path: `/${closed}/key`, headers: { origin } })),
      ];

      expect(answers.map(({ code }) => code)).toEqual(Array(3).fill('AccessForbidden'));
      expect(await isStored('evil')).toBe(false);
    },
  );

  it.each([
    { AllowedOrigins: ['*'], AllowedMethods: ['PATCH'] },
    { AllowedOrigins: ['https://*.*.example'], AllowedMethods: ['GET'] },
    { AllowedOrigins: ['*'], AllowedMethods: ['GET'], ExposeHeaders: ['x-*'] },
  ])('refuses the rule %j', async (rule) => {
    const command = new PutBucketCorsCommand({ Bucket: closed, CORSConfiguration: { CORSRules: [rule] } });

    expect(await refusalOf(s3.client.send(command))).toMatchObject({ code: 'InvalidRequest', status: 400 });
  });

  it('forgets rules that were deleted', async () => {
    await s3.client.send(
      new PutBucketCorsCommand({ Bucket: closed, CORSConfiguration: { CORSRules: corsRules } }),
    );
    await s3.client.send(new DeleteBucketCorsCommand({ Bucket: closed }));

    const refusal = await refusalOf(s3.client.send(new GetBucketCorsCommand({ Bucket: closed })));

    expect(refusal).toMatchObject({ code: 'NoSuchCORSConfiguration', status: 404 });
  });
});
