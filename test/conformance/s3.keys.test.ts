// Keys: odd characters, the longest there can be, and their deletion one by one or many at once.
import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const oddKeys = [
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
  const { s3, Bucket, put, read, headOf } = useBucket();

  it.each(oddKeys)('stores, finds and deletes the key %j', async (Key) => {
    await put(Key, Key);

    const found = (await read(Key)).toString();
    await s3.client.send(new DeleteObjectCommand({ Bucket, Key }));

    expect(found).toBe(Key);
    expect((await refusalOf(headOf(Key))).status).toBe(404);
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
      expect((await refusalOf(headOf(Key))).status).toBe(404);
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
