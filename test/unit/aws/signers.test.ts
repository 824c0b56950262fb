// What a signed URL lets its holder do, read off the URL; and how the clients are set up that sign and send.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { createUrlSigner } from '../../../shared/aws/url-signer.ts';
import { processing, ready } from '../../support/image-records.ts';
import { presignedSignature } from '../support/presigned-signature.ts';
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
  const sign = (changes: { checksumSha256?: string } = {}, at = now) =>
    createUploadSigner(clients.s3, 'originals', 900)(imageId, { ...request, ...changes }, at);

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
    ['another bucket', { host: 'elsewhere' }, false],
  ])('is signed for %s or is not: as S3 computes it', async (_what, changes, isSigned) => {
    const { url, headers, method } = await sign({ checksumSha256: 'digest' });

    const { host, searchParams } = new URL(url);
    const sent = { ...headers, 'content-length': '1234', host, ...changes };
    const computed = presignedSignature({ method, url, headers: sent, secretAccessKey: 'secret' });
    expect(computed === searchParams.get('X-Amz-Signature')).toBe(isSigned);
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
