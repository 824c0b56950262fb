// Objects: bytes, headers, metadata, keys, copies and deletions.
import { createHash, randomBytes } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const ODD_KEYS = [
  'with space',
  'plus+plus',
  'percent%20 already',
  'ünïcödé/日本語/🎞️.jpg',
  'a//b///c',
  '/leading/slash',
  'trailing/slash/',
  'dots/../and/./more',
  'quotes\'and"more!*()~',
  'query?like&a=b;c,d#e',
  'colon:at@equals=dollar$',
  'back\\slash|pipe<angle>^`{}[]',
  'tab\tand\nnewline\r',
];

describe('S3 objects', () => {
  let s3: Endpoint;
  let Bucket: string;
  const put = (Key: string, Body: Buffer | string, more = {}) =>
    s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const read = async (Key: string) => {
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  };

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
  });
  afterAll(() => s3.close());

  it('returns the bytes it was given, with their MD5 as the ETag', async () => {
    const bytes = randomBytes(300_000);

    const stored = await put('bytes', bytes);

    expect(stored.ETag).toBe(`"${createHash('md5').update(bytes).digest('hex')}"`);
    expect(await read('bytes')).toEqual(bytes);
  });

  it('stores an empty object', async () => {
    await put('empty', Buffer.alloc(0));

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'empty' }));

    expect(head).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
    expect(await read('empty')).toHaveLength(0);
  });

  it('replaces an object as a whole', async () => {
    await put('replaced', 'first', { Metadata: { only: 'first' } });
    await put('replaced', 'second');

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'replaced' }));

    expect(head.Metadata).toEqual({});
    expect((await read('replaced')).toString()).toBe('second');
  });

  it('answers NoSuchKey for a key that is not there, and a bare 404 to HEAD', async () => {
    const got = await refusalOf(s3.client.send(new GetObjectCommand({ Bucket, Key: 'none' })));
    const head = await refusalOf(s3.client.send(new HeadObjectCommand({ Bucket, Key: 'none' })));

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

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'metadata' }));

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

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'headers' }));

    expect(head).toMatchObject(headers);
    expect(head.LastModified?.getMilliseconds()).toBe(0);
  });

  it('calls an object without a content type binary/octet-stream', async () => {
    await sendRaw(await signRaw(s3, { method: 'PUT', path: `/${Bucket}/untyped`, body: 'x' }));

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'untyped' }));

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

  it.each(ODD_KEYS)('stores, finds and deletes the key %j', async (Key) => {
    await put(Key, Key);

    const found = (await read(Key)).toString();
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));

    expect(found).toBe(Key);
    expect((await refusalOf(s3.client.send(new HeadObjectCommand({ Bucket, Key })))).status).toBe(404);
  });

  it('takes keys up to 1024 bytes of UTF-8', async () => {
    const longest = `${'é'.repeat(511)}xx`;
    await put(longest, 'x');

    const refusal = await refusalOf(put(`${longest}y`, 'x'));

    expect((await read(longest)).toString()).toBe('x');
    expect(refusal).toMatchObject({ code: 'KeyTooLongError', status: 400 });
  });

  it('deletes without complaint what is not there', async () => {
    const deleted = await s3.client.send(new DeleteObjectCommand({ Bucket, Key: 'never-was' }));

    expect(deleted.$metadata.httpStatusCode).toBe(204);
  });

  it('deletes many keys in one call and answers for each', async () => {
    const keys = ['many/1 ', 'many/<2>&', 'many/3\r\n', 'many/missing'];
    for (const key of keys.slice(0, 3)) await put(key, 'x');
    const Objects = keys.map((Key) => ({ Key }));

    const { Deleted = [] } = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));

    expect(Deleted.map((deleted) => deleted.Key)).toEqual(keys);
    for (const Key of keys) {
      expect((await refusalOf(s3.client.send(new HeadObjectCommand({ Bucket, Key })))).status).toBe(404);
    }
  });

  it('says nothing of deleted keys when asked to be quiet', async () => {
    const Delete = { Objects: [{ Key: 'quiet' }], Quiet: true };

    const answer = await s3.client.send(new DeleteObjectsCommand({ Bucket, Delete }));

    expect(answer.Deleted ?? []).toEqual([]);
  });

  it('demands a digest of a DeleteObjects body', async () => {
    const body = '<Delete><Object><Key>a</Key></Object></Delete>';

    const answer = await sendRaw(
      await signRaw(s3, { method: 'POST', path: `/${Bucket}`, query: { delete: '' }, body }),
    );

    expect(answer).toMatchObject({ status: 400, code: 'InvalidRequest' });
  });

  it('copies an object with its headers, metadata and checksum', async () => {
    await put('copy source+ü', 'copied', {
      ContentType: 'text/css',
      Metadata: { a: '1' },
      ChecksumAlgorithm: 'SHA256',
    });
    const CopySource = `${Bucket}/${encodeURIComponent('copy source+ü')}`;

    const copied = await s3.client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));

    const head = await s3.client.send(
      new HeadObjectCommand({ Bucket, Key: 'copy', ChecksumMode: 'ENABLED' }),
    );
    expect(copied.CopyObjectResult?.ETag).toBe(head.ETag);
    expect(head).toMatchObject({ ContentType: 'text/css', Metadata: { a: '1' } });
    expect(head.ChecksumSHA256).toBe(createHash('sha256').update('copied').digest('base64'));
    expect((await read('copy')).toString()).toBe('copied');
  });

  it('copies an object with new headers and metadata', async () => {
    await put('copy-old', 'copied', { ContentType: 'text/css', Metadata: { a: '1' } });
    const command = new CopyObjectCommand({
      Bucket,
      Key: 'copy-old',
      CopySource: `${Bucket}/copy-old`,
      MetadataDirective: 'REPLACE',
      ContentType: 'text/html',
      Metadata: { b: '2' },
    });

    await s3.client.send(command);

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: 'copy-old' }));
    expect(head).toMatchObject({ ContentType: 'text/html', Metadata: { b: '2' } });
  });

  it('refuses to copy an object onto itself unchanged, or from a key that is not there', async () => {
    await put('self', 'x');
    const copy = (CopySource: string) =>
      refusalOf(s3.client.send(new CopyObjectCommand({ Bucket, Key: 'self', CopySource })));

    expect(await copy(`${Bucket}/self`)).toMatchObject({ code: 'InvalidRequest', status: 400 });
    expect(await copy(`${Bucket}/none`)).toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  it('refuses a public ACL', async () => {
    const refusal = await refusalOf(put('public', 'x', { ACL: 'public-read' }));

    expect(refusal).toMatchObject({ code: 'AccessControlListNotSupported', status: 400 });
  });
});
