// Ranges and conditional requests: which bytes, for whom, and who wins a race.
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const digits = '0123456789';
const hourMs = 3_600_000;

describe('S3 ranges and conditions', () => {
  const { s3, Bucket, put, send, headOf } = useBucket();
  let etag: string;
  let lastModified: Date;
  const get = async (headers: Record<string, string>, key = 'ten') => send('GET', key, { headers });

  beforeAll(async () => {
    await put('ten', digits);
    await put('empty', '', { Body: Buffer.alloc(0) });
    const head = await headOf('ten');
    etag = head.ETag ?? '';
    lastModified = head.LastModified ?? new Date(0);
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-5', '2345', 'bytes 2-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=5-1000', '56789', 'bytes 5-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-1000', digits, 'bytes 0-9/10'],
  ])('answers 206 to %s', async (range, text, contentRange) => {
    const answer = await get({ range });

    expect(answer).toMatchObject({ status: 206, text });
    expect(answer.headers).toMatchObject({
      'content-range': contentRange,
      'content-length': String(text.length),
      'accept-ranges': 'bytes',
    });
  });

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('answers 416 to %s', async (range) => {
    const answer = await get({ range });

    expect(answer).toMatchObject({ status: 416, code: 'InvalidRange' });
    expect(answer.text).toContain('<ActualObjectSize>10</ActualObjectSize>');
  });

  it('answers 416 to any range of an empty object', async () => {
    expect(await get({ range: 'bytes=0-0' }, 'empty')).toMatchObject({ status: 416, code: 'InvalidRange' });
  });

  it.each(['bytes=5-2', 'bytes=a-b', 'bytes=-', 'lines=0-1'])('ignores the range %s', async (range) => {
    expect(await get({ range })).toMatchObject({ status: 200, text: digits });
  });

  it('answers a ranged HEAD without a body', async () => {
    const request = { method: 'HEAD', path: `/${Bucket}/ten`, headers: { range: 'bytes=2-5' } };

    const answer = await sendRaw(await signRaw(s3, request));

    expect(answer).toMatchObject({ status: 206, text: '', headers: { 'content-length': '4' } });
  });

  it('sends no whole-object checksum with a range', async () => {
    const command = new GetObjectCommand({ Bucket, Key: 'ten', Range: 'bytes=0-3', ChecksumMode: 'ENABLED' });

    const got = await s3.client.send(command);

    expect(await got.Body?.transformToString()).toBe('0123');
    expect(got.ChecksumCRC32).toBeUndefined();
  });

  it('answers 304 without a body to a fitting If-None-Match', async () => {
    const answer = await get({ 'if-none-match': etag });

    expect(answer).toMatchObject({ status: 304, text: '', headers: { etag } });
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('answers 412 to an If-Match that does not fit', async () => {
    expect((await get({ 'if-match': etag })).status).toBe(200);
    expect(await get({ 'if-match': '"other"' })).toMatchObject({ status: 412, code: 'PreconditionFailed' });
  });

  it('judges the time of the last change', async () => {
    const earlier = new Date(lastModified.getTime() - hourMs).toUTCString();
    const same = lastModified.toUTCString();

    expect((await get({ 'if-modified-since': same })).status).toBe(304);
    expect((await get({ 'if-modified-since': earlier })).status).toBe(200);
    expect((await get({ 'if-unmodified-since': same })).status).toBe(200);
    expect((await get({ 'if-unmodified-since': earlier })).status).toBe(412);
  });

  it('lets the ETag decide over the time', async () => {
    const earlier = new Date(lastModified.getTime() - hourMs).toUTCString();

    expect((await get({ 'if-match': etag, 'if-unmodified-since': earlier })).status).toBe(200);
    expect(
      (await get({ 'if-none-match': '"other"', 'if-modified-since': new Date().toUTCString() })).status,
    ).toBe(200);
  });

  it('refuses to overwrite under If-None-Match: *', async () => {
    await put('once', 'first', { IfNoneMatch: '*' });

    const refusal = await refusalOf(put('once', 'second', { IfNoneMatch: '*' }));

    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'once' }));
    expect(refusal).toMatchObject({ code: 'PreconditionFailed', status: 412 });
    expect(await got.Body?.transformToString()).toBe('first');
  });

  it('lets exactly one of many concurrent conditional uploads win', async () => {
    const bodies = Array.from({ length: 12 }, (_, index) => `writer ${index}`.padEnd(100_000, '.'));

    const results = await Promise.allSettled(bodies.map((body) => put('race', body, { IfNoneMatch: '*' })));

    const winners = results.flatMap((result, index) => (result.status === 'fulfilled' ? [index] : []));
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'race' }));
    expect(winners).toHaveLength(1);
    expect(await got.Body?.transformToString()).toBe(bodies[winners[0] ?? -1]);
  });

  it('overwrites under If-Match only what is still the same', async () => {
    const { ETag } = await put('swap', 'first');
    const swapped = await put('swap', 'second', { IfMatch: ETag });

    const refusal = await refusalOf(put('swap', 'third', { IfMatch: ETag }));
    const missing = await refusalOf(put('swap-missing', 'x', { IfMatch: ETag }));

    expect(swapped.$metadata.httpStatusCode).toBe(200);
    expect(refusal).toMatchObject({ code: 'PreconditionFailed', status: 412 });
    expect(missing).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  it('takes a one-time key again after it was deleted', async () => {
    await put('again', 'first', { IfNoneMatch: '*' });
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'again' }));

    const stored = await put('again', 'second', { IfNoneMatch: '*' });

    expect(stored.$metadata.httpStatusCode).toBe(200);
  });

  it('finishes a download of an object that is overwritten meanwhile', async () => {
    const old = 'o'.repeat(4_000_000);
    await put('torn', old);
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key: 'torn' }));

    await put('torn', 'new');

    expect(await got.Body?.transformToString()).toBe(old);
  });
});
