// Buckets: names, lifetime, location and the configuration that is stored with them.
import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLocationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  type ListBucketsCommandInput,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { isExternal, openEndpoint } from './support/endpoint.ts';
import { refusalOf } from './support/expect-error.ts';
import { sendRaw, signRaw } from './support/raw-http.ts';

describe('S3 buckets', () => {
  const { s3, Bucket } = useBucket();

  it('finds a bucket that was created and tells its region', async () => {
    const head = await s3.client.send(new HeadBucketCommand({ Bucket }));

    expect(head.BucketRegion).toBe(s3.region);
  });

  it('answers 404 for a bucket that was not created', async () => {
    const refusal = await refusalOf(
      s3.client.send(new HeadBucketCommand({ Bucket: `none-${randomUUID()}` })),
    );

    expect(refusal).toMatchObject({ code: 'NotFound', status: 404 });
  });

  it('lists its buckets', async () => {
    const { Buckets = [] } = await s3.client.send(new ListBucketsCommand({}));

    expect(Buckets.map((bucket) => bucket.Name)).toContain(Bucket);
    expect(Buckets[0]?.CreationDate).toBeInstanceOf(Date);
  });

  it('lists buckets by their prefix, so many at a time', async () => {
    const names = await Promise.all(['a', 'b', 'c'].map((end) => s3.createBucket(`${Bucket}-${end}`)));
    const list = (input: ListBucketsCommandInput) => s3.client.send(new ListBucketsCommand(input));

    const first = await list({ Prefix: `${Bucket}-`, MaxBuckets: 2 });
    const second = await list({
      Prefix: `${Bucket}-`,
      MaxBuckets: 2,
      ContinuationToken: first.ContinuationToken,
    });
    const all = await list({ Prefix: Bucket });

    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(names.slice(0, 2));
    expect(first.Prefix).toBe(`${Bucket}-`);
    expect(second.Buckets?.map(({ Name }) => Name)).toEqual(names.slice(2));
    expect(second.ContinuationToken).toBeUndefined();
    expect(all.Buckets?.map(({ Name }) => Name)).toEqual([Bucket, ...names]);
  });

  it.each(['0', '10001', 'many'])('refuses a list of %s buckets', async (count) => {
    const answer = await sendRaw(
      await signRaw(s3, { method: 'GET', path: '/', query: { 'max-buckets': count } }),
    );

    expect(answer).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });

  it.skipIf(isExternal)(
    'lets an owner create a bucket again in us-east-1, and in no other region',
    async () => {
      const home = await openEndpoint({ region: 'us-east-1' });
      const again = await home.createBucket();
      const command = new CreateBucketCommand({ Bucket: again });

      expect((await home.client.send(command)).$metadata.httpStatusCode).toBe(200);

      await home.close();
      expect(await refusalOf(s3.client.send(new CreateBucketCommand({ Bucket })))).toMatchObject({
        status: 409,
      });
    },
  );

  it('tells the location of a bucket', async () => {
    const { LocationConstraint } = await s3.client.send(new GetBucketLocationCommand({ Bucket }));

    expect(LocationConstraint ?? 'us-east-1').toBe(s3.region);
  });

  it('refuses to create a bucket twice', async () => {
    const refusal = await refusalOf(s3.client.send(new CreateBucketCommand({ Bucket })));

    expect(refusal).toMatchObject({ code: 'BucketAlreadyOwnedByYou', status: 409 });
  });

  it.each(['UPPER-case', 'ab', 'under_score', '-starts-with-hyphen', 'ends-', 'two..dots', '192.168.1.1'])(
    'refuses the bucket name %s',
    async (name) => {
      const answer = await sendRaw(await signRaw(s3, { method: 'PUT', path: `/${name}` }));

      expect(answer).toMatchObject({ status: 400, code: 'InvalidBucketName' });
    },
  );

  it('refuses a location constraint of another region', async () => {
    const command = new CreateBucketCommand({
      Bucket: `elsewhere-${randomUUID()}`,
      CreateBucketConfiguration: { LocationConstraint: 'ap-south-1' },
    });

    const refusal = await refusalOf(s3.client.send(command));

    expect(refusal.code).toMatch(/^(IllegalLocationConstraintException|InvalidLocationConstraint)$/);
  });

  it('deletes a bucket only when it is empty', async () => {
    const full = `conformance-${randomUUID()}`;
    await s3.client.send(new CreateBucketCommand({ Bucket: full }));
    await s3.client.send(new PutObjectCommand({ Bucket: full, Key: 'a', Body: 'a' }));

    const refusal = await refusalOf(s3.client.send(new DeleteBucketCommand({ Bucket: full })));
    await s3.client.send(new DeleteObjectCommand({ Bucket: full, Key: 'a' }));
    await s3.client.send(new DeleteBucketCommand({ Bucket: full }));

    expect(refusal).toMatchObject({ code: 'BucketNotEmpty', status: 409 });
    expect((await refusalOf(s3.client.send(new HeadBucketCommand({ Bucket: full })))).status).toBe(404);
  });

  it('keeps the public access block of a bucket', async () => {
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    await s3.client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));

    const stored = await s3.client.send(new GetPublicAccessBlockCommand({ Bucket }));
    await s3.client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    const refusal = await refusalOf(s3.client.send(new GetPublicAccessBlockCommand({ Bucket })));

    expect(stored.PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration);
    expect(refusal).toMatchObject({ code: 'NoSuchPublicAccessBlockConfiguration', status: 404 });
  });

  it('answers errors as XML with code, message and request id', async () => {
    const answer = await sendRaw(await signRaw(s3, { method: 'GET', path: `/none-${randomUUID()}/key` }));

    expect(answer).toMatchObject({ status: 404, code: 'NoSuchBucket' });
    expect(answer.headers['content-type']).toBe('application/xml');
    expect(answer.text).toContain(`<RequestId>${answer.headers['x-amz-request-id']}</RequestId>`);
    expect(answer.text).toMatch(/<Message>[^<]+<\/Message>/);
  });
});
