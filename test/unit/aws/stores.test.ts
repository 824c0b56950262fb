// What the adapters of S3 send, and what they make of each answer.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOriginalStore } from '../../../shared/aws/original-store.ts';
import { createRenditionStore } from '../../../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../../../shared/aws/uploaded-originals.ts';
import type { EncodedRendition } from '../../../shared/imaging/contract.ts';
import { OriginalGone } from '../../../shared/processing/ports.ts';
import { createRecordedClients, type RecordedClients, s3Error } from '../support/recorded-clients.ts';
import { created, imageId } from '../support/worker-world.ts';

let clients: RecordedClients;

beforeEach(() => {
  clients = createRecordedClients();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const event = created({ eTag: 'd41d8cd9', bytes: 10 });
const slowDown = s3Error('SlowDown', 'Please reduce your request rate.', 503);
const denied = s3Error('AccessDenied', 'Access Denied', 403);

describe('an original', () => {
  const store = () => createOriginalStore(clients.s3);

  it('is asked for whole, and only as the event spoke of it', async () => {
    clients.answer({ body: '0123456789' });

    expect(Buffer.from(await store().fetch(event)).toString()).toBe('0123456789');

    expect(clients.sent).toMatchObject([
      { method: 'GET', path: `/${event.key}`, headers: { 'if-match': '"d41d8cd9"' } },
    ]);
    expect(clients.sent[0]?.headers['host']).toMatch(/^originals\./);
    expect(clients.sent[0]?.headers).not.toHaveProperty('range');
  });

  it.each([
    [0, 4, 'bytes=0-3'],
    [4, 6, 'bytes=4-9'],
    [4, 7, 'bytes=4-9'],
    [9, 1, 'bytes=9-9'],
  ])('is asked for from byte %i, %i bytes long, as %s', async (offset, length, range) => {
    clients.answer({ body: 'part' });
    const source = store().source(event);

    await source.read(offset, length);

    expect(clients.sent).toMatchObject([{ headers: { range, 'if-match': '"d41d8cd9"' } }]);
    expect(source.bytesRead).toBe(4);
  });

  it('is not asked for where there is nothing to read', async () => {
    expect(await store().source(event).read(10, 5)).toEqual(new Uint8Array());

    expect(clients.sent).toEqual([]);
  });

  it('is empty where the answer is', async () => {
    clients.answer({ status: 200 });

    expect(await store().fetch(event)).toEqual(new Uint8Array());
  });

  it.each([
    s3Error('NoSuchKey', 'The specified key does not exist.', 404),
    s3Error('PreconditionFailed', 'At least one of the preconditions did not hold', 412),
    { status: 404 },
  ])('is gone when S3 answers $status', async (answer) => {
    clients.answer(answer, answer);

    const fetched = store().fetch(event);

    await expect(fetched).rejects.toThrow(OriginalGone);
    await expect(fetched).rejects.toThrow('deleted or overwritten');
    await expect(store().source(event).read(0, 1)).rejects.toThrow(OriginalGone);
  });

  it.each([
    [slowDown, 'dependency-unavailable', 'S3 GetObject: Please reduce your request rate.'],
    [denied, 'internal', 'S3 GetObject: Access Denied'],
    [
      Object.assign(new Error('hang up'), { code: 'ECONNRESET' }),
      'dependency-unavailable',
      'S3 GetObject: hang up',
    ],
  ])('that cannot be read is a failure to be retried', async (answer, code, message) => {
    clients.answer(answer);

    await expect(store().fetch(event)).rejects.toMatchObject({ code, message });
  });
});

describe('an uploaded original', () => {
  const uploads = () => createUploadedOriginals(clients.s3, 'originals');

  it('is looked for under its own key', async () => {
    clients.answer({ headers: { etag: '"d41d8cd9"', 'content-length': '10' } });

    expect(await uploads().find(imageId)).toEqual({
      ...{ bucket: 'originals', key: `originals/${imageId}`, eTag: 'd41d8cd9', bytes: 10 },
    });

    expect(clients.sent).toMatchObject([{ method: 'HEAD', path: `/originals/${imageId}` }]);
  });

  it('is not there when S3 answers 404, and a failure when it answers otherwise', async () => {
    clients.answer({ status: 404 }, { status: 503 }, { status: 403 });

    expect(await uploads().find(imageId)).toBeUndefined();
    await expect(uploads().find(imageId)).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: expect.stringMatching(/^S3 HeadObject: /) },
    });
    await expect(uploads().find(imageId)).rejects.toMatchObject({ code: 'internal' });
  });

  it('is told of with what is known, should S3 leave something out', async () => {
    clients.answer({});

    expect(await uploads().find(imageId)).toMatchObject({ eTag: '', bytes: 0 });
  });

  it('is deleted under its own key, and the deletion waited for', async () => {
    clients.answer({ status: 204 }, slowDown);

    await uploads().delete(imageId);

    expect(clients.sent).toMatchObject([{ method: 'DELETE', path: `/originals/${imageId}` }]);
    await expect(uploads().delete(imageId)).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'S3 DeleteObject: Please reduce your request rate.' },
    });
  });
});

describe('a rendition', () => {
  const store = () => createRenditionStore(clients.s3, 'renditions');
  const rendition: EncodedRendition = {
    ...{ variant: 'thumb', format: 'webp', contentType: 'image/webp', width: 1, height: 1, frames: 1 },
    body: Buffer.from('bytes'),
  };

  it('is put with its type, to be kept for ever', async () => {
    await store().put('renditions/1/thumb.webp', rendition);

    expect(clients.sent).toMatchObject([
      {
        ...{ method: 'PUT', path: '/renditions/1/thumb.webp', body: 'bytes' },
        headers: {
          'content-type': 'image/webp',
          'cache-control': 'private, max-age=31536000, immutable',
        },
      },
    ]);
    expect(clients.sent[0]?.headers['host']).toMatch(/^renditions\./);
  });

  it('is stored once S3 says so, and not before', async () => {
    clients.answer(slowDown);

    await expect(store().put('key', rendition)).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'S3 PutObject: Please reduce your request rate.' },
    });
  });

  it('is deleted with all others in one request', async () => {
    clients.answer({ body: '<DeleteResult/>' });

    await store().delete(['a', 'b/c']);

    const [request] = clients.sent;
    expect(request).toMatchObject({ method: 'POST', query: { delete: '' } });
    expect(request?.body).toContain('<Object><Key>a</Key></Object><Object><Key>b/c</Key></Object>');
    expect(request?.body).toContain('<Quiet>true</Quiet>');
  });

  it('costs no request where none is to be deleted', async () => {
    await store().delete([]);

    expect(clients.sent).toEqual([]);
  });

  it.each([
    ['InternalError', 'dependency-unavailable'],
    ['AccessDenied', 'internal'],
  ])('that S3 could not delete because of %s is a failure to be retried', async (reason, code) => {
    const error = `<Error><Key>a</Key><Code>${reason}</Code><Message>We encountered it</Message></Error>`;
    clients.answer({ body: `<DeleteResult>${error}</DeleteResult>` });

    await expect(store().delete(['a', 'b'])).rejects.toMatchObject({
      ...{ code, message: 'S3 DeleteObjects: We encountered it' },
    });
  });

  it('is not deleted while S3 is out of reach', async () => {
    clients.answer(slowDown);

    await expect(store().delete(['a'])).rejects.toMatchObject({
      ...{ code: 'dependency-unavailable', message: 'S3 DeleteObjects: Please reduce your request rate.' },
    });
  });
});
