// Keys: odd characters, the longest there can be, and their deletion one by one or many at once.
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { readObject } from './support/objects.ts';
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

describe('S3 keys', () => {
  let s3: Endpoint;
  let Bucket: string;
  const put = (Key: string, Body: Buffer | string, more = {}) =>
    s3.client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const read = (Key: string) => readObject(s3.client, Bucket, Key);

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
  });
  afterAll(() => s3.close());

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
});
