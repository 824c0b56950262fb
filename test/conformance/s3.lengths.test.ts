// Lengths: announced, kept to, waited for with patience, and never too large.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { isExternal } from './support/endpoint.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';
import { sendAfterContinue, sendStart } from './support/raw-socket.ts';

const content = Buffer.from('a body of some length');

describe('S3 body lengths', () => {
  const { s3, Bucket, send, read, isStored } = useBucket({ bodyIdleMs: 150 });

  it('demands a length', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const request = await signRaw(s3, { method: 'PUT', path: `/${Bucket}/long`, headers });

    const answer = await sendRaw({
      ...request,
      headers: { ...request.headers, 'transfer-encoding': 'chunked' },
      body: content,
    });

    expect([411, 501]).toContain(answer.status);
    expect(await isStored('long')).toBe(false);
  });

  it('refuses more than 5 GiB before the body comes', async () => {
    const headers = {
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'content-length': String(5 * 1024 ** 3 + 1),
    };
    const request = await signRaw(s3, {
      method: 'PUT',
      path: `/${Bucket}/huge`,
      headers,
    });

    const answer = await sendStart(request, '');

    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('<Code>EntityTooLarge</Code>');
  });

  it('gets its refusal through to clients that are still sending', async () => {
    const upload = () =>
      fetch(`${s3.url}/${Bucket}/refused`, { method: 'PUT', body: Buffer.alloc(2_000_000) });

    const answers = await Promise.all(Array.from({ length: 20 }, upload));

    expect(answers.map((answer) => answer.status)).toEqual(Array(20).fill(403));
    await Promise.all(answers.map((answer) => answer.text()));
  });

  it('asks for a body that waits to be asked for (100-continue), once it is allowed', async () => {
    const request = await signRaw(s3, {
      method: 'PUT',
      path: `/${Bucket}/asked`,
      headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': '4', expect: '100-continue' },
    });

    const answer = await sendAfterContinue(request, 'body');

    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
    expect((await read('asked')).toString()).toBe('body');
  });

  it('does not ask for a body that it refuses', async () => {
    const headers = { host: new URL(s3.url).host, 'content-length': '4', expect: '100-continue' };
    const unsigned = { method: 'PUT', url: `${s3.url}/${Bucket}/unasked`, headers };

    const answer = await sendAfterContinue(unsigned, 'body');

    expect(answer).toMatch(/^HTTP\/1\.1 403/);
    expect(answer).not.toContain('100 Continue');
  });

  it.each(['200', '', ' ', 'something else'])('takes no notice of the expectation %j', async (expect_) => {
    const answer = await send('PUT', 'expected', { headers: { expect: expect_ }, body: 'x' });

    expect(answer.status).toBe(200);
  });

  it('stores nothing when the connection ends before the body does', async () => {
    const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': '100' };
    const request = await signRaw(s3, {
      method: 'PUT',
      path: `/${Bucket}/cut`,
      headers,
    });

    await sendStart(request, 'only this', 50);
    await sleep(50);

    expect(await isStored('cut')).toBe(false);
  });

  it.skipIf(isExternal)(
    'answers RequestTimeout to a body that stalls (needs a local S3 with a short patience)',
    async () => {
      const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-length': '100' };
      const request = await signRaw(s3, {
        method: 'PUT',
        path: `/${Bucket}/stall`,
        headers,
      });

      const answer = await sendStart(request, 'only this');

      expect(answer).toContain('<Code>RequestTimeout</Code>');
      expect(await isStored('stall')).toBe(false);
    },
  );
});
