// Browser uploads by form: what is stored, what is answered, and forms that are none.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { PresignedPostOptions } from '@aws-sdk/s3-presigned-post';
import { describe, expect, it } from 'vitest';
import { useBucket } from './support/bucket.ts';
import { postedBytes, presignForm, submitForm } from './support/post-form.ts';
import { sendRaw } from './support/raw-http.ts';

describe('S3 POST forms', () => {
  const { s3, Bucket, read, isStored, headOf } = useBucket();

  const presign = (options: Partial<PresignedPostOptions> = {}) => presignForm(s3, Bucket, options);

  it('stores the file of a form whose policy allows it, and answers 204', async () => {
    const post = await presign();

    const answer = await submitForm(post);

    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update(postedBytes).digest('hex')}"`);
    expect(await read(post.Key)).toEqual(postedBytes);
  });

  it('stores bytes that look like multipart syntax', async () => {
    const post = await presign();
    const body = Buffer.concat([
      Buffer.from('\r\n--x\r\n--\r\n'),
      randomBytes(100_000),
      Buffer.from('\r\n--'),
    ]);

    await submitForm(post, { body });

    expect(await read(post.Key)).toEqual(body);
  });

  it('answers 201 with a document, or 200, when the form asks for it', async () => {
    const created = await presign({ Fields: { success_action_status: '201' } });
    const okay = await presign({ Fields: { success_action_status: '200' } });

    const answer = await submitForm(created);

    expect(answer.status).toBe(201);
    expect(answer.text).toContain(`<Bucket>${Bucket}</Bucket><Key>${created.Key}</Key>`);
    expect((await submitForm(okay)).status).toBe(200);
  });

  it('redirects when the form asks for it', async () => {
    const post = await presign({ Fields: { success_action_redirect: 'https://app.example.com/done?a=1' } });

    const answer = await submitForm(post);

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

    await submitForm(post, { name: 'holiday ü.png' });

    expect(await read('named/holiday ü.png')).toEqual(postedBytes);
  });

  it('stores content type and metadata of the form', async () => {
    const post = await presign({ Fields: { 'Content-Type': 'image/png', 'x-amz-meta-owner': 'me' } });

    await submitForm(post);

    const head = await headOf(post.Key);
    expect(head).toMatchObject({ ContentType: 'image/png', Metadata: { owner: 'me' } });
  });

  it('verifies a checksum in the form', async () => {
    const checksum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64');
    const right = await presign({ Fields: { 'x-amz-checksum-sha256': checksum(postedBytes) } });
    const wrong = await presign({ Fields: { 'x-amz-checksum-sha256': checksum(Buffer.from('x')) } });

    expect((await submitForm(right)).status).toBe(204);
    expect(await submitForm(wrong)).toMatchObject({ status: 400, code: 'BadDigest' });
    expect(await isStored(wrong.Key)).toBe(false);
  });

  it('refuses a form without a policy, and one without a key', async () => {
    const post = await presign();
    const { key: _key, ...keyless } = post.fields;

    expect(await submitForm({ ...post, fields: { key: post.Key } })).toMatchObject({
      status: 403,
      code: 'AccessDenied',
    });
    expect((await submitForm({ ...post, fields: keyless })).status).toBeGreaterThanOrEqual(400);
  });

  it('refuses a form without a file', async () => {
    const answer = await submitForm(await presign(), { body: null });

    expect(answer.status).toBe(400);
    expect(answer.text).toContain('POST requires exactly one file upload per request');
  });

  it('takes text fields that carry a file name, as some clients send them', async () => {
    const post = await presign({ Fields: { 'x-amz-meta-owner': 'me' } });
    const parts = [...Object.entries(post.fields), ['file', 'the file'] as const].map(
      ([name, value]) =>
        `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n${value}\r\n`,
    );

    const answer = await sendRaw({
      method: 'POST',
      url: post.url,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${parts.join('')}--b--\r\n`,
    });

    expect(answer.status).toBe(204);
    expect((await read(post.Key)).toString()).toBe('the file');
    expect((await headOf(post.Key)).Metadata).toEqual({ owner: 'me' });
  });

  it('refuses text fields of more than 20 KB in all, with and without file names', async () => {
    const post = await presign();
    const long = { ...post.fields, 'x-ignore-long': 'x'.repeat(21_000) };
    const named = Object.entries(long).map(
      ([name, value]) =>
        `--b\r\ncontent-disposition: form-data; name="${name}"; filename="a"\r\n\r\n${value}\r\n`,
    );

    const answers = [
      await submitForm({ ...post, fields: long }),
      await sendRaw({
        method: 'POST',
        url: post.url,
        headers: { 'content-type': 'multipart/form-data; boundary=b' },
        body: `${named.join('')}--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n`,
      }),
    ];

    expect(answers.map(({ code }) => code)).toEqual(Array(2).fill('MaxPostPreDataLengthExceeded'));
  });

  it('ignores what comes after the file', async () => {
    const post = await presign();
    const parts = Object.entries(post.fields).map(
      ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const file = (content: string) =>
      `--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n${content}\r\n`;
    const field = '--b\r\ncontent-disposition: form-data; name="x-amz-meta-late"\r\n\r\n1\r\n';

    const answer = await sendRaw({
      method: 'POST',
      url: post.url,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${parts.join('')}${file('first')}${field}${file('second')}--b--\r\n`,
    });

    expect(answer.status).toBe(204);
    expect((await read(post.Key)).toString()).toBe('first');
  });

  it.each([
    ['within the file', ''],
    ['after the file', '\r\n--b'],
    ['before a further field', '\r\n--b\r\n'],
  ])('stores nothing of a form that breaks off %s', async (_where, end) => {
    const post = await presign();
    const parts = Object.entries(post.fields).map(([name, value]) => {
      return `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    });
    const file = '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nbegun';

    const answer = await sendRaw({
      method: 'POST',
      url: post.url,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: `${parts.join('')}${file}${end}`,
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
