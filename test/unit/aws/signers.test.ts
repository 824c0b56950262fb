// What a signed URL lets its holder do, read off the URL; and how the clients are set up that sign and send.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SignedForm, SignedPut } from '../../../shared/api/ports.ts';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { createUrlSigner } from '../../../shared/aws/url-signer.ts';
import { processing, ready } from '../../support/image-records.ts';
import { signatureOfForm, signatureOfRequest } from '../../support/independent-signature.ts';
import { createRecordedClients, type RecordedClients } from '../support/recorded-clients.ts';
import { renditionsOf } from '../support/worker-world.ts';

const now = new Date('2026-11-02T09:15:30.123Z');
const imageId = '0199a3c4-7b1e-7c2d-8f3a-000000000001';
let clients: RecordedClients;

beforeEach(() => {
  vi.useFakeTimers({ now, toFake: ['Date'] });
  clients = createRecordedClients();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('an upload URL', () => {
  const request = { contentType: 'image/jpeg', contentLength: 1234 };
  async function sign(changes: { checksumSha256?: string } = {}, at = now): Promise<SignedPut> {
    const upload = await createUploadSigner(clients.s3, 'originals', 900)(
      imageId,
      { ...request, ...changes },
      at,
    );
    if (upload.method !== 'PUT') throw new Error('a PUT was asked for');
    return upload;
  }

  it('takes one PUT of one length and type to one key, once', async () => {
    const upload = await sign();

    const url = new URL(upload.url);
    expect(url.hostname).toMatch(/^originals\./);
    expect(url.pathname).toBe(`/originals/${imageId}`);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match',
    );
    expect(upload).toMatchObject({
      ...{ method: 'PUT', headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' } },
    });
    expect(Object.keys(upload.headers)).toHaveLength(2);
  });

  it('is good from when it was asked for until it says', async () => {
    const { url, expiresAt } = await sign({}, new Date('2026-11-02T08:00:00.500Z'));

    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      ...{ 'X-Amz-Date': '20261102T080000Z', 'X-Amz-Expires': '900' },
    });
    expect(expiresAt).toBe('2026-11-02T08:15:00.500Z');
  });

  it('takes only the bytes whose SHA-256 was promised, where one was', async () => {
    const { url, headers } = await sign({ checksumSha256: 'digest' });

    const { searchParams } = new URL(url);
    expect(searchParams.get('X-Amz-SignedHeaders')).toBe(
      'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
    );
    expect(headers).toMatchObject({ 'x-amz-checksum-sha256': 'digest' });
    expect([...searchParams.keys()]).not.toContain('x-amz-checksum-sha256');
  });

  it('signs no checksum of an empty body, which the SDK would', async () => {
    const { url } = await sign();

    expect(url).not.toMatch(/checksum/i);
  });

  it.each([
    ['what it was asked for', {}, true],
    ['a byte more', { 'content-length': '1235' }, false],
    ['another type', { 'content-type': 'text/html' }, false],
    ['a second time', { 'if-none-match': '' }, false],
    ['other bytes', { 'x-amz-checksum-sha256': 'another' }, false],
  ])('is signed for %s or is not: as S3 computes it', async (_what, changes, isSigned) => {
    const { url, headers, method } = await sign({ checksumSha256: 'digest' });

    const sent = { method, url, headers: { ...headers, 'content-length': '1234', ...changes } };
    const signature = new URL(url).searchParams.get('X-Amz-Signature');
    expect((await signatureOfRequest(sent, 'secret')) === signature).toBe(isSigned);
  });

  it('is signed for one bucket: as S3 computes it', async () => {
    const { url, headers, method } = await sign();

    const elsewhere = url.replace('//originals.', '//elsewhere.');
    const sent = { method, url: elsewhere, headers: { ...headers, 'content-length': '1234' } };
    const signature = new URL(url).searchParams.get('X-Amz-Signature');
    expect(await signatureOfRequest({ ...sent, url }, 'secret')).toBe(signature);
    expect(await signatureOfRequest(sent, 'secret')).not.toBe(signature);
  });
});

describe('an upload form', () => {
  const checksumSha256 = Buffer.alloc(32, 7).toString('base64');
  const request = { method: 'POST', contentType: 'image/jpeg', contentLength: 1234, checksumSha256 } as const;

  async function sign(of = clients): Promise<SignedForm> {
    const upload = await createUploadSigner(of.s3, 'originals', 900)(imageId, request, now);
    if (upload.method !== 'POST') throw new Error('a form was asked for');
    return upload;
  }

  const policyOf = ({ fields }: SignedForm) =>
    JSON.parse(Buffer.from(fields['Policy'] ?? '', 'base64').toString('utf8'));

  it('takes one file of one length, type and SHA-256 to one key', async () => {
    const form = await sign();

    expect(new URL(form.url).hostname).toMatch(/^originals\./);
    const { Policy: _, 'X-Amz-Signature': __, ...fields } = form.fields;
    expect(policyOf(form).conditions).toEqual(
      expect.arrayContaining([
        ['content-length-range', 1234, 1234],
        { key: `originals/${imageId}` },
        { bucket: 'originals' },
        { 'Content-Type': 'image/jpeg' },
        { 'X-Amz-Checksum-SHA256': checksumSha256 },
      ]),
    );
    expect(policyOf(form).conditions).toEqual(
      expect.arrayContaining(Object.entries(fields).map(([name, value]) => ({ [name]: value }))),
    );
    expect(policyOf(form).conditions).toHaveLength(Object.keys(fields).length + 1);
  });

  it('is good until it says', async () => {
    const form = await sign();

    expect(form.expiresAt).toBe('2026-11-02T09:30:30.000Z');
    expect(policyOf(form).expiration).toBe('2026-11-02T09:30:30Z');
    expect(form.fields['X-Amz-Date']).toBe('20261102T091530Z');
  });

  it('has the signature that S3 computes of its policy', async () => {
    const { fields } = await sign();

    expect(await signatureOfForm(fields, 'secret')).toBe(fields['X-Amz-Signature']);
    expect(await signatureOfForm(fields, 'another')).not.toBe(fields['X-Amz-Signature']);
  });

  it('carries the session of credentials that have one, as those of a function do', async () => {
    const temporary = createRecordedClients();
    vi.stubEnv('AWS_SESSION_TOKEN', 'session');

    const form = await sign(temporary);

    expect(form.fields['X-Amz-Security-Token']).toBe('session');
    expect(policyOf(form).conditions).toContainEqual({ 'X-Amz-Security-Token': 'session' });
  });
});

describe('the URLs of an image', () => {
  const signedAt = new Date('2026-11-02T09:00:00.000Z');
  const record = ready({
    renditions: renditionsOf({ imageId, sequencer: 'A' }),
    original: { bucket: 'photos', key: 'originals/one', eTag: 'e', bytes: 5 },
  });
  const sign = (of = record) => createUrlSigner(clients.s3, 'renditions')(of, signedAt);

  it('fetch its original to be saved, as bytes of no type, for an hour from when they are signed', async () => {
    const { original = '' } = await sign();

    const url = new URL(original);
    expect(`${url.hostname.split('.')[0]}${url.pathname}`).toBe('photos/originals/one');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ 'X-Amz-Expires': '3600', 'response-content-disposition': 'attachment' },
      'X-Amz-Date': '20261102T090000Z',
      ...{ 'response-content-type': 'application/octet-stream', 'response-content-encoding': 'identity' },
      ...{ 'response-cache-control': 'private, no-store' },
    });
  });

  it('fetch each of its renditions by its key, for an hour', async () => {
    const { renditions } = await sign();

    const [key = ''] = (record.renditions ?? []).map((rendition) => rendition.key);
    expect([...renditions.keys()]).toEqual([key]);
    const url = new URL(renditions.get(key) ?? '');
    expect(`${url.hostname.split('.')[0]}${url.pathname}`).toBe(`renditions/${key}`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      ...{ 'X-Amz-Expires': '3600', 'response-content-disposition': 'inline' },
      'X-Amz-Date': '20261102T090000Z',
      ...{ 'response-content-type': 'image/webp', 'response-content-encoding': 'identity' },
      ...{ 'response-cache-control': 'private, max-age=31536000, immutable' },
    });
  });

  it('take the type of a rendition from its format, whatever its record says', async () => {
    const [rendition] = renditionsOf({ imageId, sequencer: 'A' });
    const forged = rendition && { ...rendition, contentType: 'text/html' };
    const { renditions } = await sign({ ...record, renditions: forged ? [forged] : [] });

    const [url = ''] = renditions.values();
    expect(new URL(url).searchParams.get('response-content-type')).toBe('image/webp');
  });

  it('are none where nothing has arrived', async () => {
    const { original, renditions } = await sign(processing());

    expect(original).toBeUndefined();
    expect(renditions.size).toBe(0);
  });
});

describe('the clients', () => {
  it('leave out of the table what is undefined', () => {
    expect(clients.table.config.translateConfig?.marshallOptions).toMatchObject({
      removeUndefinedValues: true,
    });
  });

  it('compute and check checksums only where S3 requires it', async () => {
    const { requestChecksumCalculation, responseChecksumValidation } = clients.s3.config;

    expect(await requestChecksumCalculation()).toBe('WHEN_REQUIRED');
    expect(await responseChecksumValidation()).toBe('WHEN_REQUIRED');
  });

  it('take the URL of a queue for its name, and not for where it is', () => {
    expect(clients.sqs.config.useQueueUrlAsEndpoint).toBe(false);
  });
});
