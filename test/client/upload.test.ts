// An upload by the client library, whatever goes wrong on the way: it ends ready, once, or says what it failed by.

import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import {
  type ClientOptions,
  createClient,
  ImageError,
  type UploadProgress,
} from '../../client/src/client.ts';
import { type StandIn, sha256, startStandIn } from './support/stand-in.ts';

const file = randomBytes(300_000);
const problem = (status: number, code: string, headers: Record<string, string> = {}) => ({
  ...{ status, headers },
  body: JSON.stringify({
    code,
    detail: `It is ${code}.`,
    errors: [{ field: '/x', message: 'must be less' }],
  }),
});
const refusal = (status: number, code: string) => ({
  ...{ status, headers: { 'content-type': 'application/xml' } },
  body: `<Error><Code>${code}</Code><Message>Request has expired</Message></Error>`,
});

async function start(
  options: Parameters<typeof startStandIn>[0] = {},
  clientOptions: Partial<ClientOptions> = {},
) {
  const server = await startStandIn(options);
  onTestFinished(() => server.close());
  return { server, darkroom: createClient({ api: server.url, ...clientOptions }) };
}

const count = (server: StandIn, route: string) => server.routes().filter((one) => one === route).length;

test('ends with the image once it is ready, and announces type, length, name and SHA-256', async () => {
  const { server, darkroom } = await start();

  const image = await darkroom.upload(new File([file], 'Beach.HEIC'));

  expect(image).toMatchObject({ imageId: 'image-1', status: 'ready' });
  expect(server.stored.get('image-1')?.equals(file)).toBe(true);
  expect(server.requests).toEqual([
    {
      ...{ contentType: 'image/heic', contentLength: file.byteLength, fileName: 'Beach.HEIC' },
      checksumSha256: sha256(file),
    },
  ]);
});

test('reports hashing, sending and developing as one progress that never goes back, even when sending begins anew', async () => {
  const { darkroom } = await start({ faults: { 'PUT /originals': ['reset'] } });
  const seen: UploadProgress[] = [];

  await darkroom.upload(file, { contentType: 'image/jpeg', onProgress: (progress) => seen.push(progress) });

  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
    ...['waiting', 'hashing', 'sending', 'developing', 'ready'],
  ]);
  expect(seen.at(-1)).toMatchObject({ fraction: 1, sentBytes: file.byteLength, imageId: 'image-1' });
  // From when S3 has the file, before anybody asks what becomes of it.
  expect(seen.find(({ phase }) => phase === 'developing')?.image).toBeUndefined();
  expect(seen.find(({ image }) => image?.metadata)).toMatchObject({ phase: 'developing' });
});

test('sends the file again when the connection breaks, to the same URL', async () => {
  const { server, darkroom } = await start({ faults: { 'PUT /originals': ['reset', 'reset'] } });

  await darkroom.upload(file);

  expect(count(server, 'POST /uploads')).toBe(1);
  expect(count(server, 'PUT /originals')).toBe(3);
});

test('takes a file as stored that S3 has already, when the answer to an earlier try was lost', async () => {
  const { server, darkroom } = await start({ faults: { 'PUT /originals': ['answer-lost'] } });

  expect(await darkroom.upload(file)).toMatchObject({ imageId: 'image-1', status: 'ready' });

  expect(count(server, 'POST /uploads')).toBe(1);
  expect(server.stored.size).toBe(1);
});

test('does not send again what the API has seen arrive', async () => {
  const { server, darkroom } = await start({
    faults: { 'PUT /originals': ['answer-lost'] },
    course: ['processing', 'ready'],
  });

  await darkroom.upload(file);

  expect(count(server, 'PUT /originals')).toBe(1);
});

test('asks for another URL when one has run out, and deletes the image that the old one was for', async () => {
  const { server, darkroom } = await start({ faults: { 'PUT /originals': [refusal(403, 'AccessDenied')] } });

  expect(await darkroom.upload(file)).toMatchObject({ imageId: 'image-2', status: 'ready' });

  expect([...server.deleted]).toEqual(['image-1']);
  expect([...server.stored.keys()]).toEqual(['image-2']);
});

test('uploads again what arrived too late to be kept', async () => {
  const { server, darkroom } = await start({ endings: ['expired'] });

  expect(await darkroom.upload(file)).toMatchObject({ imageId: 'image-2', status: 'ready' });
  expect(server.requests).toHaveLength(2);
});

test('waits as long as a full server says', async () => {
  const { server, darkroom } = await start({
    faults: { 'POST /uploads': [problem(429, 'quota-exceeded', { 'retry-after': '1' })] },
  });
  const begunAt = performance.now();

  await darkroom.upload(file);

  expect(performance.now() - begunAt).toBeGreaterThanOrEqual(990);
  expect(count(server, 'POST /uploads')).toBe(2);
});

test('gives up at once where a full server says longer than its patience', async () => {
  const { server, darkroom } = await start({
    faults: { 'POST /uploads': [problem(429, 'quota-exceeded', { 'retry-after': '3600' })] },
  });

  await expect(darkroom.upload(file)).rejects.toMatchObject({
    ...{ name: 'ApiError', status: 429, code: 'quota-exceeded', retryAfterSeconds: 3600 },
  });
  expect(count(server, 'POST /uploads')).toBe(1);
});

test('tries again what fails on the server’s side, of the API and of S3', async () => {
  const unavailable = problem(503, 'internal');
  const { darkroom } = await start({
    faults: {
      'POST /uploads': [unavailable, 'reset', 'answer-lost'],
      'PUT /originals': [refusal(503, 'SlowDown'), refusal(500, 'InternalError')],
      'GET /images': ['reset', unavailable],
    },
  });

  expect(await darkroom.upload(file)).toMatchObject({ status: 'ready' });
});

test('does not try again what the API refuses, and tells every field at fault', async () => {
  const { server, darkroom } = await start({
    faults: { 'POST /uploads': [problem(400, 'invalid-request')] },
  });

  await expect(darkroom.upload(file)).rejects.toMatchObject({
    ...{ name: 'ApiError', status: 400, code: 'invalid-request', message: 'It is invalid-request.' },
    fields: [{ field: '/x', message: 'must be less' }],
  });
  expect(server.routes()).toEqual(['POST /uploads']);
});

test('does not try again what S3 refuses, and leaves no image behind', async () => {
  const { server, darkroom } = await start({
    faults: { 'PUT /originals': [refusal(403, 'SignatureDoesNotMatch')] },
  });

  await expect(darkroom.upload(file)).rejects.toMatchObject({
    ...{ name: 'UploadError', status: 403, code: 'SignatureDoesNotMatch' },
  });
  await expect.poll(() => [...server.deleted]).toEqual(['image-1']);
});

test.each(['rejected', 'failed'] as const)(
  'tells of an image that is %s by an error that has it',
  async (status) => {
    const { darkroom } = await start({ endings: [status] });

    const error = await darkroom.upload(file).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ image: { imageId: 'image-1', status } });
  },
);

test('ends with the reason of its signal, and leaves no image behind', async () => {
  const { server, darkroom } = await start({ faults: { 'PUT /originals': ['silence'] } });
  const reason = new Error('The user went away.');
  const stop = new AbortController();
  const onProgress = ({ phase }: UploadProgress) => phase === 'sending' && stop.abort(reason);

  await expect(darkroom.upload(file, { signal: stop.signal, onProgress })).rejects.toBe(reason);
  await expect.poll(() => [...server.deleted]).toEqual(['image-1']);
});

test('tries again where nothing moves any more, and gives up when its patience is at its end', async () => {
  const { darkroom } = await start(
    { faults: { 'POST /uploads': Array(9).fill('silence') } },
    { timeoutSeconds: 0.1, patienceSeconds: 0.5 },
  );

  await expect(darkroom.upload(file)).rejects.toMatchObject({ name: 'ConnectionError' });
});

test('sends the file again when it stands still', async () => {
  const { server, darkroom } = await start(
    { faults: { 'PUT /originals': ['silence'] } },
    { timeoutSeconds: 0.3 },
  );

  expect(await darkroom.upload(file)).toMatchObject({ imageId: 'image-1', status: 'ready' });
  expect(count(server, 'PUT /originals')).toBe(2);
});

test('asks again when nothing is left of an answer that broke off', async () => {
  const { darkroom } = await start({
    faults: { 'POST /uploads': [{ status: 201, headers: { 'content-length': '0' } }] },
  });

  expect(await darkroom.upload(file)).toMatchObject({ status: 'ready' });
});

test('sends no more files at a time than it is told, and all in the end', async () => {
  const faults = { 'PUT /originals': Array(12).fill('late') };
  const { server, darkroom } = await start({ faults }, { concurrency: 3 });

  const images = await Promise.all(Array.from({ length: 12 }, () => darkroom.upload(file)));

  expect(new Set(images.map(({ imageId }) => imageId)).size).toBe(12);
  expect(server.mostAtOnce).toBeGreaterThan(1);
  expect(server.mostAtOnce).toBeLessThanOrEqual(3);
});
