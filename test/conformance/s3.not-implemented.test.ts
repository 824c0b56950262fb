// Honesty: what the local S3 does not do, it refuses with 501, naming what was asked for.
import * as sdk from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { handlers } from '../../scripts/local/s3/handlers.ts';
import { useBucket } from './support/bucket.ts';
import { isExternal } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';

// Directory buckets and Object Lambda have endpoints of their own.
const sentElsewhere = ['ListDirectoryBuckets', 'WriteGetObjectResponse'];
const operations = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
const notDone = operations.filter((name) => !(name in handlers) && !sentElsewhere.includes(name));
/** What the operations need to become a request at all. */
const anyInput = {
  ...{
    Key: 'key',
    CopySource: 'bucket/key',
    UploadId: 'upload',
    PartNumber: 1,
    Id: 'id',
    RenameSource: '/key',
  },
  ...{ AnnotationName: 'name', ObjectAttributes: ['ETag'], ContentMD5: '1B2M2Y8AsgTpgAmY7PhCfg==' },
};

describe.skipIf(isExternal)('what the local S3 does not do (skipped for another endpoint)', () => {
  const { s3, Bucket, put, send } = useBucket();

  beforeAll(async () => {
    await s3.client.send(new sdk.PutObjectCommand({ Bucket, Key: 'key', Body: 'x' }));
  });

  it.each(notDone)('answers 501 to %s', async (name) => {
    const Command = Reflect.get(sdk, `${name}Command`) as typeof sdk.GetBucketAclCommand;

    const refusal = await refusalOf(s3.client.send(new Command({ Bucket, ...anyInput })));

    expect(refusal).toMatchObject({ status: 501, code: 'NotImplemented' });
    expect(refusal.message).toMatch(/is not implemented by this local S3\.$/);
  });

  it('names the subresource or the operation that was asked for', async () => {
    const upload = new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'key' });
    const list = new sdk.ListObjectsCommand({ Bucket });

    expect((await refusalOf(s3.client.send(upload))).message).toContain('POST ?uploads');
    expect((await refusalOf(s3.client.send(list))).message).toContain('ListObjects');
  });

  it.each([
    { Tagging: 'a=b' },
    { StorageClass: 'GLACIER' as const },
    { ServerSideEncryption: 'aws:kms' as const },
    { WebsiteRedirectLocation: '/elsewhere' },
    { ObjectLockMode: 'GOVERNANCE' as const, ObjectLockRetainUntilDate: new Date(Date.now() + 1e6) },
    { ExpectedBucketOwner: '000000000000' },
  ])('refuses an upload that asks for more than it does: %j', async (more) => {
    const refusal = await refusalOf(put('more', 'x', more));

    expect(refusal).toMatchObject({ code: 'NotImplemented', status: 501 });
  });

  it('refuses to read another version than the only one', async () => {
    const command = new sdk.GetObjectCommand({ Bucket, Key: 'key', VersionId: 'abc' });

    expect(await refusalOf(s3.client.send(command))).toMatchObject({ code: 'NotImplemented', status: 501 });
  });

  it.each([
    ['PATCH', 'key'],
    ['POST', 'key'],
  ])('answers 405 to a method that S3 does not have: %s of an object', async (method, key) => {
    expect(await send(method, key)).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
  });

  it('ignores query parameters that mean nothing to S3, as S3 does', async () => {
    await put('plain', 'content');

    expect(await send('GET', 'plain', { query: { 'no-such-thing': '1' } })).toMatchObject({
      text: 'content',
    });
  });
});
