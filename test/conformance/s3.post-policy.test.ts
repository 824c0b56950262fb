import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { presignForm, submitForm } from './support/post-form.ts';

describe('S3 POST policies', () => {
  const { s3, Bucket, read, isStored } = useBucket();

  const presign = (options: Partial<PresignedPostOptions> = {}) => presignForm(s3, Bucket, options);

  it('holds the file to its length range', async () => {
    const post = await presign({ Conditions: [['content-length-range', 5, 12]] });

    expect((await submitForm(post, { body: Buffer.alloc(12) })).status).toBe(204);
    expect((await submitForm(post, { body: Buffer.alloc(5) })).status).toBe(204);
    expect(await submitForm(post, { body: Buffer.alloc(13) })).toMatchObject({
      status: 400,
      code: 'EntityTooLarge',
    });
    expect(await submitForm(post, { body: Buffer.alloc(4) })).toMatchObject({
      status: 400,
      code: 'EntityTooSmall',
    });
    expect(await read(post.Key)).toHaveLength(5);
  });

  it('refuses a much too large file without storing it', async () => {
    const post = await presign({ Conditions: [['content-length-range', 0, 1000]] });

    const answer = await submitForm(post, { body: Buffer.alloc(3_000_000) });

    expect(answer).toMatchObject({ status: 400, code: 'EntityTooLarge' });
    expect(await isStored(post.Key)).toBe(false);
  });

  it('refuses a form that names another bucket than it is sent to', async () => {
    const post = await presign();
    const { bucket: _, ...fields } = post.fields;

    expect((await submitForm({ ...post, fields })).status).toBe(204);
    expect(await submitForm({ ...post, fields: { ...fields, bucket: 'elsewhere' } })).toMatchObject({
      ...{ status: 403, code: 'AccessDenied' },
    });
  });

  it('holds fields to eq conditions', async () => {
    const post = await presign({
      Fields: { 'Content-Type': 'image/png' },
      Conditions: [['eq', '$Content-Type', 'image/png']],
    });

    const answer = await submitForm({ ...post, fields: { ...post.fields, 'Content-Type': 'text/html' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy Condition failed');
    expect(await isStored(post.Key)).toBe(false);
  });

  it('holds fields to starts-with conditions', async () => {
    const post = await presign({ Conditions: [['starts-with', '$Content-Type', 'image/']] });
    const withType = (type: string) => ({ ...post, fields: { ...post.fields, 'Content-Type': type } });

    expect((await submitForm(withType('image/webp'))).status).toBe(204);
    expect(await submitForm(withType('text/html'))).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await submitForm(post)).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('refuses another key than the policy names', async () => {
    const post = await presign();

    const answer = await submitForm({ ...post, fields: { ...post.fields, key: 'elsewhere' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await isStored('elsewhere')).toBe(false);
  });

  it('refuses another bucket than the policy names', async () => {
    const other = await s3.createBucket();
    const post = await presign();
    const { bucket: _named, ...fields } = post.fields;

    const answer = await submitForm({ fields, url: post.url.replace(Bucket, other) });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('refuses a field that the policy does not mention', async () => {
    const post = await presign();

    const answer = await submitForm({ ...post, fields: { ...post.fields, 'x-amz-meta-extra': '1' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Extra input fields: x-amz-meta-extra');
  });

  it('refuses an expired policy', async () => {
    const post = await presign({ Expires: -1 });

    const answer = await submitForm(post);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy expired');
  });

  it('refuses a policy that was changed after signing', async () => {
    const post = await presign();
    const policy = JSON.parse(Buffer.from(post.fields['Policy'] ?? '', 'base64').toString());
    policy.expiration = '2099-01-01T00:00:00Z';
    const Policy = Buffer.from(JSON.stringify(policy)).toString('base64');

    const answer = await submitForm({ ...post, fields: { ...post.fields, Policy } });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });
});
