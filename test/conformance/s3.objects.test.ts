// Objects: bytes, headers and metadata, kept and given back.
import { createHash, randomBytes } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw } from './support/raw-http.ts';

describe('S3 objects', () => {
  const { s3, Bucket, put, read, send, headOf } = useBucket();

  it('returns the bytes it was given, with their MD5 as the ETag', async () => {
    const bytes = randomBytes(300_000);

    const stored = await put('bytes', bytes);

    expect(stored.ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
    expect(await read('bytes')).toEqual(bytes);
  });

  it('stores an empty object', async () => {
    await put('empty', Buffer.alloc(0));

    const head = await headOf('empty');

    expect(head).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
    expect(await read('empty')).toHaveLength(0);
  });

  it('replaces an object as a whole', async () => {
    await put('replaced', 'first', { Metadata: { only: 'first' } });
    await put('replaced', 'second');

    const head = await headOf('replaced');

    expect(head.Metadata).toEqual({});
    expect((await read('replaced')).toString()).toBe('second');
  });

  it('answers NoSuchKey for a key that is not there, and a bare 404 to HEAD', async () => {
    const got = await refusalOf(s3.client.send(new GetObjectCommand({ Bucket, Key: 'none' })));
    const head = await refusalOf(headOf('none'));

    expect(got).toMatchObject({ code: 'NoSuchKey', status: 404 });
    expect(head).toMatchObject({ code: 'NotFound', status: 404 });
  });

  it('answers NoSuchBucket for a PUT into a bucket that is not there', async () => {
    const command = new PutObjectCommand({ Bucket: `${Bucket}-not`, Key: 'a', Body: 'a' });

    expect(await refusalOf(s3.client.send(command))).toMatchObject({ code: 'NoSuchBucket', status: 404 });
  });

  it('keeps user metadata', async () => {
    const Metadata = { 'image-id': '42', note: 'a value with  two spaces' };
    await put('metadata', 'x', { Metadata });

    const head = await headOf('metadata');

    expect(head.Metadata).toEqual({
      'image-id': '42',
      note: expect.stringMatching(/^a value with +two spaces$/),
    });
  });

  it('refuses more than 2 KB of user metadata', async () => {
    const refusal = await refusalOf(put('metadata-large', 'x', { Metadata: { big: 'x'.repeat(2048) } }));

    expect(refusal).toMatchObject({ code: 'MetadataTooLarge', status: 400 });
  });

  it('keeps the system headers of an object', async () => {
    const headers = {
      ContentType: 'image/webp',
      CacheControl: 'public, max-age=31536000, immutable',
      ContentDisposition: 'attachment; filename="a.webp"',
      ContentLanguage: 'de',
      ContentEncoding: 'gzip',
    };
    await put('headers', 'x', headers);

    const head = await headOf('headers');

    expect(head).toMatchObject(headers);
    expect(head.LastModified?.getMilliseconds()).toBe(0);
  });

  it.each([
    ['gzip, br', 'gzip, br'],
    ['gzip,br', 'gzip,br'],
    ['aws-chunked, gzip', 'gzip'],
    ['gzip, aws-chunked', 'gzip'],
    ['gzip, aws-chunked, br', 'gzip, br'],
  ])('keeps the content encoding %s as it was sent, without the framing', async (sent, kept) => {
    await send('PUT', 'encoded', { headers: { 'content-encoding': sent }, body: 'x' });

    expect((await headOf('encoded')).ContentEncoding).toBe(kept);
  });

  it('calls an object without a content type binary/octet-stream', async () => {
    await send('PUT', 'untyped', { body: 'x' });

    const head = await headOf('untyped');

    expect(head.ContentType).toBe('binary/octet-stream');
  });

  it('overrides response headers on request', async () => {
    await put('overrides', 'x', { ContentType: 'image/webp' });
    const command = new GetObjectCommand({
      Bucket,
      Key: 'overrides',
      ResponseContentType: 'text/plain',
      ResponseContentDisposition: 'attachment; filename="b.txt"',
      ResponseCacheControl: 'no-store',
    });

    const answer = await sendRaw({ method: 'GET', url: await getSignedUrl(s3.client, command) });

    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': 'attachment; filename="b.txt"',
      'cache-control': 'no-store',
    });
  });

  it('refuses a public ACL', async () => {
    const refusal = await refusalOf(put('public', 'x', { ACL: 'public-read' }));

    expect(refusal).toMatchObject({ code: 'AccessControlListNotSupported', status: 400 });
  });
});
