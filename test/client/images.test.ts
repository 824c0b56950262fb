// Lists, changes and tokens by the client library.

import { expect, onTestFinished, test } from 'vitest';
import { createClient, type TokenRequest } from '../../client/src/client.ts';
import { startStandIn } from './support/stand-in.ts';

async function start(options: Parameters<typeof startStandIn>[0] = {}) {
  const server = await startStandIn(options);
  onTestFinished(() => server.close());
  return server;
}

test('lists all images, and asks for a page only when it is wanted', async () => {
  const listed = ['one', 'two', 'three', 'four', 'five'];
  const server = await start({ listed });
  const { images } = createClient({ api: server.url });

  const list = images.list();
  await list.next();
  await list.next();
  expect(server.calls).toHaveLength(1);
  const rest = await allOf(list);

  expect(rest.map(({ imageId }) => imageId)).toEqual(['three', 'four', 'five']);
  expect(server.calls).toHaveLength(3);
});

test('gives one page of the list, and goes on from its cursor', async () => {
  const server = await start({ listed: ['one', 'two', 'three', 'four', 'five'] });
  const { images } = createClient({ api: server.url });

  const { nextCursor } = await images.page({ pageSize: 3 });
  const last = await images.page({ pageSize: 3, cursor: nextCursor ?? '' });

  expect(last).toMatchObject({ images: [{ imageId: 'four' }, { imageId: 'five' }], nextCursor: null });
  expect(server.calls).toHaveLength(2);
});

test('watches an image until nothing happens to it any more, and tells each change once', async () => {
  const server = await start({ course: ['awaiting-upload', 'processing', 'processing', 'ready'] });
  const { uploads, watch } = createClient({ api: server.url });
  const { imageId, upload } = await uploads.create({ contentType: 'image/png', contentLength: 3 });
  await uploads.send(upload, new Uint8Array([1, 2, 3]));

  const seen = await allOf(watch(imageId));

  expect(seen.map(({ status }) => status)).toEqual(['awaiting-upload', 'processing', 'processing', 'ready']);
});

test('lets the API wait until there is something new: it names what it has', async () => {
  const server = await start({ course: ['processing', 'ready'] });
  const { uploads, watch } = createClient({ api: server.url });
  const imageId = await uploads.store(new Uint8Array([1, 2, 3]), { contentType: 'image/png' });

  await allOf(watch(imageId));

  const reads = server.calls.filter(({ route }) => route === 'GET /images');
  expect(reads.map(({ query, headers }) => [query, headers['if-none-match']])).toEqual([
    ['', undefined],
    ['wait=20', '"image-1-0"'],
  ]);
});

test('sends the token, and asks for another one when the API refuses it', async () => {
  const server = await start({ faults: { 'GET /usage': [{ status: 401 }] } });
  const asked: (string | undefined)[] = [];
  const token = ({ refused }: TokenRequest) => {
    asked.push(refused);
    return refused === undefined ? 'old' : 'new';
  };

  await createClient({ api: server.url, token }).usage();

  expect(asked).toEqual([undefined, 'old']);
  expect(server.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('tells of a token that is refused for good', async () => {
  const server = await start({ faults: { 'GET /usage': [{ status: 401 }, { status: 401 }] } });

  const usage = createClient({ api: server.url, token: () => 'old' }).usage();

  await expect(usage).rejects.toMatchObject({ name: 'ApiError', status: 401 });
});

test('ends with its signal, also while nobody gives a token', async () => {
  const server = await start();
  const { usage } = createClient({ api: server.url, token: () => new Promise(() => {}) });
  const stop = new AbortController();
  const asked = usage({ signal: stop.signal });

  stop.abort(new Error('Enough.'));

  await expect(asked).rejects.toThrow('Enough.');
  expect(server.calls).toEqual([]);
});

test('deletes an image, and lets it be done again', async () => {
  const server = await start();
  const { images } = createClient({ api: server.url });

  await images.delete('image-1');
  await images.reprocess('image-2');

  expect(server.routes()).toEqual(['DELETE /images', 'POST /images']);
});

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
