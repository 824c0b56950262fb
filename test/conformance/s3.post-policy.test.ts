// Browser uploads by form: the policy inside the form decides, field by field and byte by byte.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { createPresignedPost, type PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './support/endpoint.ts';
import { sendRaw } from './support/raw-http.ts';

const BODY = Buffer.from('posted bytes');

describe('S3 POST policy uploads', () => {
  let s3: Endpoint;
  let Bucket: string;
  let keys = 0;

  const presign = async (options: Partial<PresignedPostOptions> = {}) => {
    const Key = options.Key ?? `post/${keys++}`;
    const post = await createPresignedPost(s3.client, { Bucket, Key, Expires: 60, ...options });
    return { Key, ...post };
  };
  const submit = async (
    post: { url: string; fields: Record<string, string> },
    file: { body?: Buffer; name?: string; type?: string } = {},
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    form.append(
      'file',
      new Blob([file.body ?? BODY], { type: file.type ?? 'image/png' }),
      file.name ?? 'a.png',
    );
    const response = await fetch(post.url, { method: 'POST', body: form, redirect: 'manual' });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      code: /<Code>([^<]+)/.exec(text)?.[1],
    };
  };
  const read = async (Key: string) => {
    const got = await s3.client.send(new GetObjectCommand({ Bucket, Key }));
    return Buffer.from((await got.Body?.transformToByteArray()) ?? []);
  };
  const isStored = async (Key: string): Promise<boolean> =>
    s3.client.send(new HeadObjectCommand({ Bucket, Key })).then(
      () => true,
      () => false,
    );

  beforeAll(async () => {
    s3 = await openEndpoint();
    Bucket = await s3.createBucket();
  });
  afterAll(() => s3.close());

  it('stores the file of a form whose policy allows it, and answers 204', async () => {
    const post = await presign();

    const answer = await submit(post);

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update(BODY).digest('hex')}"`);
    expect(await read(post.Key)).toEqual(BODY);
  });

  it('stores bytes that look like multipart syntax', async () => {
    const post = await presign();
    const body = Buffer.concat([
      Buffer.from('\r\n--x\r\n--\r\n'),
      randomBytes(100_000),
      Buffer.from('\r\n--'),
    ]);

    await submit(post, { body });

    expect(await read(post.Key)).toEqual(body);
  });

  it('answers 201 with a document, or 200, when the form asks for it', async () => {
    const created = await presign({ Fields: { success_action_status: '201' } });
    const okay = await presign({ Fields: { success_action_status: '200' } });

    const answer = await submit(created);

    expect(answer.status).toBe(201);
    expect(answer.text).toContain(`<Bucket>${Bucket}</Bucket><Key>${created.Key}</Key>`);
    expect((await submit(okay)).status).toBe(200);
  });

  it('redirects when the form asks for it', async () => {
    const post = await presign({ Fields: { success_action_redirect: 'https://app.example.com/done?a=1' } });

    const answer = await submit(post);

    const location = new URL(answer.headers.get('location') ?? '');
    expect(answer.status).toBe(303);
    expect(location.origin).toBe('https://app.example.com');
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      a: '1',
      bucket: Bucket,
      key: post.Key,
    });
  });

  it("puts the file's name where the key asks for it", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder
    const post = await presign({ Key: 'named/${filename}' });

    await submit(post, { name: 'holiday ü.png' });

    expect(await read('named/holiday ü.png')).toEqual(BODY);
  });

  it('stores content type and metadata of the form', async () => {
    const post = await presign({ Fields: { 'Content-Type': 'image/png', 'x-amz-meta-owner': 'me' } });

    await submit(post);

    const head = await s3.client.send(new HeadObjectCommand({ Bucket, Key: post.Key }));
    expect(head).toMatchObject({ ContentType: 'image/png', Metadata: { owner: 'me' } });
  });

  it('verifies a checksum in the form', async () => {
    const checksum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');
    const right = await presign({ Fields: { 'x-amz-checksum-sha256': checksum(BODY) } });
    const wrong = await presign({ Fields: { 'x-amz-checksum-sha256': checksum(Buffer.from('x')) } });

    expect((await submit(right)).status).toBe(204);
    expect(await submit(wrong)).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(wrong.Key)).toBe(false);
  });

  it('holds the file to its length range', async () => {
    const post = await presign({ Conditions: [['content-length-range', 5, 12]] });

    expect((await submit(post, { body: Buffer.alloc(12) })).status).toBe(204);
    expect((await submit(post, { body: Buffer.alloc(5) })).status).toBe(204);
    expect(await submit(post, { body: Buffer.alloc(13) })).toMatchObject({
      status: 400,
      code: 'EntityTooLarge',
    });
    expect(await submit(post, { body: Buffer.alloc(4) })).toMatchObject({
      status: 400,
      code: 'EntityTooSmall',
    });
    expect(await read(post.Key)).toHaveLength(5);
  });

  it('refuses a much too large file without storing it', async () => {
    const post = await presign({ Conditions: [['content-length-range', 0, 1000]] });

    const answer = await submit(post, { body: Buffer.alloc(3_000_000) });

    expect(answer).toMatchObject({ status: 400, code: 'EntityTooLarge' });
    expect(await isStored(post.Key)).toBe(false);
  });

  it('holds fields to eq conditions', async () => {
    const post = await presign({
      Fields: { 'Content-Type': 'image/png' },
      Conditions: [['eq', '$Content-Type', 'image/png']],
    });

    const answer = await submit({ ...post, fields: { ...post.fields, 'Content-Type': 'text/html' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy Condition failed');
    expect(await isStored(post.Key)).toBe(false);
  });

  it('holds fields to starts-with conditions', async () => {
    const post = await presign({ Conditions: [['starts-with', '$Content-Type', 'image/']] });
    const withType = (type: string) => ({ ...post, fields: { ...post.fields, 'Content-Type': type } });

    expect((await submit(withType('image/webp'))).status).toBe(204);
    expect(await submit(withType('text/html'))).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await submit(post)).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('refuses another key than the policy names', async () => {
    const post = await presign();

    const answer = await submit({ ...post, fields: { ...post.fields, key: 'elsewhere' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await isStored('elsewhere')).toBe(false);
  });

  it('refuses another bucket than the policy names', async () => {
    const other = await s3.createBucket();
    const post = await presign();
    const { bucket: _named, ...fields } = post.fields;

    const answer = await submit({ fields, url: post.url.replace(Bucket, other) });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  it('refuses a field that the policy does not mention', async () => {
    const post = await presign();

    const answer = await submit({ ...post, fields: { ...post.fields, 'x-amz-meta-extra': '1' } });

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Extra input fields: x-amz-meta-extra');
  });

  it('refuses an expired policy', async () => {
    const post = await presign({ Expires: -1 });

    const answer = await submit(post);

    expect(answer).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(answer.text).toContain('Policy expired');
  });

  it('refuses a policy that was changed after signing', async () => {
    const post = await presign();
    const policy = JSON.parse(Buffer.from(post.fields['Policy'] ?? '', 'base64').toString());
    policy.expiration = '2099-01-01T00:00:00Z';
    const Policy = Buffer.from(JSON.stringify(policy)).toString('base64');

    const answer = await submit({ ...post, fields: { ...post.fields, Policy } });

    expect(answer).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
  });

  it('refuses a form without a policy, and one without a key', async () => {
    const post = await presign();
    const { key: _key, ...keyless } = post.fields;

    expect(await submit({ ...post, fields: { key: post.Key } })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
    });
    expect((await submit({ ...post, fields: keyless })).status).toBeGreaterThanOrEqual(400);
  });

  it('refuses a form without a file', async () => {
    const post = await presign();
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);

    const response = await fetch(post.url, { method: 'POST', body: form });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('POST requires exactly one file upload per request');
  });

  it('stores nothing of a form that breaks off', async () => {
    const post = await presign();
    const parts = Object.entries(post.fields).map(([name, value]) => {
      return `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    });
    const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nbegun';

    const answer = await sendRaw({
      method: 'POST',
      url: post.url,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${parts.join('')}${file}`,
    });

    expect(answer).toMatchObject({ status: 400, code: 'MalformedPOSTRequest' });
    expect(await isStored(post.Key)).toBe(false);
  });

  it('stores nothing when the connection ends within the file', async () => {
    const post = await presign();
    const parts = Object.entries(post.fields).map(([name, value]) => {
      return `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    });
    const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nbegun';
    const sent = request(post.url, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'content-length': '100000' },
    });
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    sent.on('error', () => undefined).on('close', resolve);
    sent.write(`${parts.join('')}${file}`);
    setTimeout(() => sent.destroy(), 50);
    await closed;

    expect(await isStored(post.Key)).toBe(false);
  });

  it('refuses a POST that is no form', async () => {
    const answer = await sendRaw({ method: 'POST', url: `${s3.url}/${Bucket}`, body: 'x' });

    expect(answer.status).toBe(412);
  });
});
