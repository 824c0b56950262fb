// Honesty: what the local S3 does not do, it refuses with 501 and the operation's own name.
import * as sdk from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HANDLERS } from '../../scripts/local/s3/handlers.ts';
import { OPERATION_TABLE } from '../../scripts/local/s3/operation-table.ts';
import { type Endpoint, isExternal, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

const DONE = new Set([...Object.keys(HANDLERS), 'PostObject']);
const NOT_DONE = OPERATION_TABLE.filter(([name]) => !DONE.has(name));

describe.skipIf(isExternal)('what the local S3 does not do (skipped for another endpoint)', () => {
  let s3: Endpoint;
  let Bucket: string;

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
    await s3.client.send(new sdk.PutObjectCommand({ Bucket, Key: 'key', Body: 'x' }));
  });
  afterAll(() => s3.close());

  it('knows every operation of the SDK by name', () => {
    const known = new Set<string>(OPERATION_TABLE.map(([name]) => name));
    const ofSdk = Object.keys(sdk).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);

    expect(ofSdk.filter((name) => !known.has(name))).toEqual([]);
  });

  it.each(NOT_DONE)('answers 501 to %s', async (name, method, level, query = '', header?: string) => {
    const path = { service: '/', bucket: `/${Bucket}`, object: `/${Bucket}/key` }[level];
    const parameters = query.split('&').filter(Boolean);

    const answer = await sendRaw(
      await signRaw(s3, {
        method,
        path,
        query: Object.fromEntries(parameters.map((parameter) => [parameter, '1'])),
        headers: header === undefined ? {} : { [header]: 'x' },
      }),
    );

    expect(answer).toMatchObject({ status: 501, code: 'NotImplemented' });
    expect(answer.text).toContain(`<Operation>${name}</Operation>`);
  });

  it('names the operation to SDK callers', async () => {
    const upload = new sdk.CreateMultipartUploadCommand({ Bucket, Key: 'key' });
    const lifecycle = new sdk.PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [{ ID: 'a', Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }],
      },
    });

    expect(await refusalOf(s3.client.send(upload))).toMatchObject({
      status: 501,
      code: 'NotImplemented',
      message: expect.stringContaining('CreateMultipartUpload'),
    });
    expect((await refusalOf(s3.client.send(lifecycle))).message).toContain('PutBucketLifecycleConfiguration');
  });

  it.each([
    { Tagging: 'a=b' },
    { StorageClass: 'GLACIER' as const },
    { ServerSideEncryption: 'aws:kms' as const },
    { WebsiteRedirectLocation: '/elsewhere' },
    { ObjectLockMode: 'GOVERNANCE' as const, ObjectLockRetainUntilDate: new Date(Date.now() + 1e6) },
    { ExpectedBucketOwner: '000000000000' },
  ])('refuses an upload that asks for more than it does: %j', async (more) => {
    const command = new sdk.PutObjectCommand({ Bucket, Key: 'more', Body: 'x', ...more });

    expect(await refusalOf(s3.client.send(command))).toMatchObject({ code: 'NotImplemented', status: 501 });
  });

  it('refuses to read another version than the only one', async () => {
    const command = new sdk.GetObjectCommand({ Bucket, Key: 'key', VersionId: 'abc' });

    expect(await refusalOf(s3.client.send(command))).toMatchObject({ code: 'NotImplemented', status: 501 });
  });

  it('answers 405 to a method that S3 does not have', async () => {
    const answer = await sendRaw(await signRaw(s3, { method: 'PATCH', path: `/${Bucket}/key` }));

    expect(answer).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
  });
});
