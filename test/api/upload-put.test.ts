// The PUT that the API offers: every way to use it otherwise than it was offered, as the local S3 answers it, and as an
// independent implementation of SigV4 computes its signature.

import { describe, expect, it } from 'vitest';
import { type RawRequest, sendRaw } from '../conformance/support/raw-http.ts';
import { signatureOfRequest } from '../support/independent-signature.ts';
import { expirySeconds, file, otherFile, sha256Of, useUploadOffers } from './support/upload-offers.ts';

interface Put extends RawRequest {
  readonly headers: Readonly<Record<string, string>>;
}

const wrongSignature = { status: 403, code: 'SignatureDoesNotMatch' };
const notSigned = { status: 403, code: 'AccessDenied' };

const without =
  (name: string) =>
  (put: Put): Put => {
    const { [name]: _, ...headers } = put.headers;
    return { ...put, headers };
  };
const withHeaders =
  (headers: Readonly<Record<string, string>>, body: Buffer | string = file) =>
  (put: Put): Put => ({ ...put, headers: { ...put.headers, ...headers }, body });
const withPath =
  (change: (path: string) => string) =>
  (put: Put): Put => {
    const url = new URL(put.url);
    url.pathname = change(url.pathname);
    return { ...put, url: url.href };
  };
const withQuery =
  (name: string, value: string) =>
  (put: Put): Put => {
    const url = new URL(put.url);
    url.searchParams.set(name, value);
    return { ...put, url: url.href };
  };
const sized = (body: Buffer) => withHeaders({ 'content-length': String(body.length) }, body);

describe('the PUT that is offered', () => {
  const { secretAccessKey, offerPut, found, read } = useUploadOffers();

  async function offered(at?: Date): Promise<{ put: Put; key: string }> {
    const { upload, key } = await offerPut(at);
    const headers = { ...upload.headers, 'content-length': String(file.length) };
    return { put: { method: 'PUT', url: upload.url, headers, body: file }, key };
  }

  const isSigned = async ({ method, url, headers }: Put): Promise<boolean> =>
    (await signatureOfRequest({ method, url, headers }, secretAccessKey())) ===
    new URL(url).searchParams.get('X-Amz-Signature');

  it('is taken as it was offered', async () => {
    const { put, key } = await offered();

    expect(await isSigned(put)).toBe(true);
    expect(await sendRaw(put)).toMatchObject({ status: 200 });
    expect(await read(key)).toEqual(file);
    expect(await found(key)).toMatchObject({ ContentType: 'image/jpeg', ChecksumSHA256: sha256Of(file) });
  });

  it.each<[string, (put: Put) => Put, string?]>([
    ['a byte more', sized(Buffer.concat([file, Buffer.alloc(1)]))],
    ['a byte less', sized(file.subarray(1))],
    ['no length', (put) => withHeaders({ 'transfer-encoding': 'chunked' })(without('content-length')(put))],
    ['another type', withHeaders({ 'content-type': 'text/html' })],
    ['the type in other letters', withHeaders({ 'content-type': 'image/JPEG' })],
    ['no type', without('content-type')],
    ['another SHA-256', withHeaders({ 'x-amz-checksum-sha256': sha256Of(otherFile) }, otherFile)],
    ['no SHA-256', without('x-amz-checksum-sha256')],
    ['the right to overwrite', without('if-none-match')],
    ['another condition', withHeaders({ 'if-none-match': '"0"' })],
    ['another key', withPath((path) => `${path}0`)],
    ['a key of another prefix', withPath((path) => path.replace('/originals/', '/others/'))],
    ['another bucket', withPath((path) => path.replace('/conformance-', '/elsewhere-'))],
    ['a longer life', withQuery('X-Amz-Expires', String(expirySeconds + 1))],
    ['another date', withQuery('X-Amz-Date', '20991231T000000Z'), 'AccessDenied'],
    ['fewer signed headers', withQuery('X-Amz-SignedHeaders', 'content-length;host'), 'AccessDenied'],
    ['another parameter', withQuery('x-amz-meta-owner', 'me')],
    ['another signature', withQuery('X-Amz-Signature', '0'.repeat(64))],
    ['another method: DELETE', (put) => ({ ...put, method: 'DELETE' })],
    ['another method: GET', (put) => ({ ...put, method: 'GET' })],
  ])('is not signed for %s, and is refused', async (_what, change, code = 'SignatureDoesNotMatch') => {
    const { put, key } = await offered();
    const changed = change(put);

    expect(await isSigned(changed)).toBe(false);
    expect(await sendRaw(changed)).toMatchObject({ code });
    expect(await found(key)).toBeUndefined();
  });

  it.each<[string, (put: Put) => Put, object]>([
    ['other bytes of the same length', withHeaders({}, otherFile), { status: 400, code: 'BadDigest' }],
    ['metadata', withHeaders({ 'x-amz-meta-owner': 'me' }), notSigned],
    ['tags', withHeaders({ 'x-amz-tagging': 'a=b' }), notSigned],
    ['an access list', withHeaders({ 'x-amz-acl': 'public-read' }), notSigned],
    ['a redirect', withHeaders({ 'x-amz-website-redirect-location': '/' }), notSigned],
    ['a second checksum', withHeaders({ 'x-amz-checksum-crc32': 'AAAAAA==' }), notSigned],
  ])('says nothing of %s, and is refused with them', async (_what, change, refusal) => {
    const { put, key } = await offered();
    const changed = change(put);

    expect(await isSigned(changed)).toBe(true);
    expect(await sendRaw(changed)).toMatchObject(refusal);
    expect(await found(key)).toBeUndefined();
  });

  it('is refused the second time, with the same file and with another', async () => {
    const { put, key } = await offered();
    await sendRaw(put);
    const before = await found(key);

    expect(await sendRaw(put)).toMatchObject({ status: 412, code: 'PreconditionFailed' });
    expect(await sendRaw({ ...put, body: otherFile })).toMatchObject({ status: 412 });
    expect(await read(key)).toEqual(file);
    expect(await found(key)).toMatchObject({ ETag: before?.ETag, LastModified: before?.LastModified });
  });

  it('is taken once when it is used many times at once', async () => {
    const { put } = await offered();

    const answers = await Promise.all(Array.from({ length: 10 }, () => sendRaw(put)));

    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(412)]);
  });

  it('is taken until it has expired, and not after', async () => {
    const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000);
    const late = await offered(secondsAgo(expirySeconds - 60));
    const tooLate = await offered(secondsAgo(expirySeconds + 1));

    expect(await isSigned(tooLate.put)).toBe(true);
    expect(await sendRaw(tooLate.put)).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(await found(tooLate.key)).toBeUndefined();
    expect(await sendRaw(late.put)).toMatchObject({ status: 200 });
  });

  it('is refused when it was signed by whoever does not know the secret', async () => {
    const { put, key } = await offered();
    const forged = await signatureOfRequest(put, 'another secret');

    expect(await sendRaw(withQuery('X-Amz-Signature', forged)(put))).toMatchObject(wrongSignature);
    expect(await found(key)).toBeUndefined();
  });

  it('would be taken otherwise had it been signed otherwise: nothing but the signature forbids it', async () => {
    const { put, key } = await offered();
    const typed = withHeaders({ 'content-type': 'text/plain' })(put);
    const signature = await signatureOfRequest(typed, secretAccessKey());

    expect(await sendRaw(withQuery('X-Amz-Signature', signature)(typed))).toMatchObject({ status: 200 });
    expect(await found(key)).toMatchObject({ ContentType: 'text/plain' });
  });
});
