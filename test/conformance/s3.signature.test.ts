// Signatures in the Authorization header: what is let in, and every way of being refused.
import { GetObjectCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { type RawRequest, sendRaw, signRaw } from './support/raw-http.ts';

const minuteMs = 60_000;

function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  return {
    ...request,
    headers: { ...request.headers, [name]: value },
  };
}

describe('S3 signatures in the Authorization header', () => {
  const { s3, Bucket, put } = useBucket();
  const signedGet = (more: Partial<Parameters<typeof signRaw>[1]> = {}) =>
    signRaw(s3, { method: 'GET', path: `/${Bucket}/a key`, ...more });

  beforeAll(async () => {
    await put('a key', 'content');
  });

  it('lets in a request signed with the right key', async () => {
    const answer = await sendRaw(await signedGet());

    expect(answer).toMatchObject({ status: 200, text: 'content' });
  });

  it('refuses a request without a signature', async () => {
    const answer = await sendRaw({ method: 'GET', url: `${s3.url}/${Bucket}/a%20key` });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('refuses an unknown access key', async () => {
    const client = s3.newClient({ credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'x' } });

    const refusal = await refusalOf(client.send(new ListBucketsCommand({})));

    expect(refusal).toMatchObject({ code: 'InvalidAccessKeyId', status: 403 });
  });

  it('refuses a wrong secret and shows the string to sign', async () => {
    const credentials = { ...s3.credentials, secretAccessKey: 'wrong' };

    const answer = await sendRaw(await signedGet({ credentials }));

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(answer.text).toContain('<StringToSign>AWS4-HMAC-SHA256');
  });

  it('refuses a signature with one digit changed', async () => {
    const request = await signedGet();
    const authorization = request.headers?.['authorization'] ?? '';
    const last = authorization.endsWith('0') ? '1' : '0';

    const answer = await sendRaw(
      withHeader(request, 'authorization', `${authorization.slice(0, -1)}${last}`),
    );

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });

  it('refuses the signature of another key, method or query', async () => {
    const request = await signedGet();
    const tampered: RawRequest[] = [
      { ...request, url: request.url.replace('a%20key', 'b%20key') },
      { ...request, method: 'DELETE' },
      { ...request, url: `${request.url}?response-content-type=text/html` },
    ];

    const answers = await Promise.all(tampered.map(sendRaw));

    expect(answers.map((answer) => answer.code)).toEqual(Array(3).fill('SignatureDoesNotMatch'));
  });

  it('refuses another value of a signed header', async () => {
    const request = await signedGet({ headers: { range: 'bytes=0-1' } });

    const answer = await sendRaw(withHeader(request, 'range', 'bytes=0-6'));

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });

  it('refuses an x-amz header that was not signed', async () => {
    const answer = await sendRaw(withHeader(await signedGet(), 'x-amz-checksum-mode', 'ENABLED'));

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('<HeadersNotSigned>x-amz-checksum-mode</HeadersNotSigned>');
  });

  it.each([-16, 16])('refuses a clock that is %i minutes off', async (minutes) => {
    const signingDate = new Date(Date.now() + minutes * minuteMs);

    const answer = await sendRaw(await signedGet({ signingDate }));

    expect(answer).toMatchObject({ status: 403, code: 'RequestTimeTooSkewed' });
  });

  it('takes a clock that is 14 minutes off', async () => {
    const signingDate = new Date(Date.now() - 14 * minuteMs);

    expect((await sendRaw(await signedGet({ signingDate }))).status).toBe(200);
  });

  it('refuses the scope of another region and names its own', async () => {
    const answer = await sendRaw(await signedGet({ region: 'ap-south-1' }));

    expect(answer).toMatchObject({ status: 400, code: 'AuthorizationHeaderMalformed' });
    expect(answer.text).toContain(`<Region>${s3.region}</Region>`);
  });

  it('refuses a request without x-amz-content-sha256', async () => {
    const request = await signedGet();
    const { 'x-amz-content-sha256': _dropped, ...headers } = request.headers ?? {};

    const answer = await sendRaw({ ...request, headers });

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.code).toMatch(/^(InvalidRequest|SignatureDoesNotMatch|MissingSecurityHeader)$/);
  });

  it('refuses signatures of the old kind', async () => {
    const headers = { authorization: `AWS ${s3.credentials.accessKeyId}:c2lnbmF0dXJl` };

    const answer = await sendRaw({ method: 'GET', url: `${s3.url}/${Bucket}/a%20key`, headers });

    expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('refuses two signatures at once', async () => {
    const request = await signedGet();

    const answer = await sendRaw({ ...request, url: `${request.url}?X-Amz-Algorithm=AWS4-HMAC-SHA256` });

    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it('refuses a session token that it did not give out', async () => {
    const credentials = { ...s3.credentials, sessionToken: 'made-up' };
    const client = s3.newClient({ credentials });

    const refusal = await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: 'a key' })));

    expect(refusal).toMatchObject({ code: 'InvalidToken', status: 400 });
  });
});
