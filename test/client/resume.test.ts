// An upload that was begun and stopped: the same file goes on with the same image, and never becomes a second one.

import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import {
  type BegunUpload,
  createClient,
  UploadPaused,
  type UploadProgress,
} from '../../client/src/client.ts';
import { startStandIn } from './support/stand-in.ts';

const file = randomBytes(300_000);

async function start(options: Parameters<typeof startStandIn>[0] = {}) {
  const server = await startStandIn(options);
  onTestFinished(() => server.close());
  const darkroom = createClient({ api: server.url, timeoutSeconds: 5 });
  return {
    server,
    darkroom,
    count: (route: string) => server.routes().filter((one) => one === route).length,
  };
}

/** Begins to send it, and pauses. */
async function paused({ darkroom }: Awaited<ReturnType<typeof start>>): Promise<BegunUpload> {
  const stop = new AbortController();
  let begun: BegunUpload | undefined;
  const onBegun = (upload: BegunUpload) => {
    begun = upload;
    stop.abort(new UploadPaused());
  };
  await expect(darkroom.upload(file, { signal: stop.signal, onBegun })).rejects.toThrow(UploadPaused);
  if (begun === undefined) throw new Error('It was not begun.');
  return JSON.parse(JSON.stringify(begun));
}

test('keeps the image of an upload that is paused, and sends nothing', async () => {
  const standIn = await start();

  await paused(standIn);

  await expect.poll(() => standIn.server.routes()).toEqual(['POST /uploads']);
});

test('sends the file to the URL that it was begun with', async () => {
  const standIn = await start();
  const resume = await paused(standIn);

  expect(await standIn.darkroom.upload(file, { resume })).toMatchObject({
    imageId: 'image-1',
    status: 'ready',
  });

  expect(standIn.count('POST /uploads')).toBe(1);
  expect(standIn.server.deleted.size).toBe(0);
});

test('sends nothing again of a file that has arrived', async () => {
  const standIn = await start({ course: ['processing', 'ready'] });
  const resume = await paused(standIn);
  await standIn.darkroom.uploads.send(resume.upload, file);
  const seen: UploadProgress[] = [];

  const image = await standIn.darkroom.upload(file, {
    resume,
    onProgress: (progress) => seen.push(progress),
  });

  expect(image).toMatchObject({ imageId: 'image-1', status: 'ready' });
  expect(standIn.count('PUT /originals')).toBe(1);
  expect(seen.find(({ phase }) => phase === 'developing')?.imageId).toBe('image-1');
});

test('takes a file as stored that S3 has and the API does not know of yet', async () => {
  const standIn = await start();
  const resume = await paused(standIn);
  await standIn.darkroom.uploads.send(resume.upload, file);

  expect(await standIn.darkroom.upload(file, { resume })).toMatchObject({
    imageId: 'image-1',
    status: 'ready',
  });

  expect(standIn.server.requests).toHaveLength(1);
});

test('asks for another URL where the old one has run out, and deletes the image that it was for', async () => {
  const standIn = await start();
  const { upload, ...begun } = await paused(standIn);
  const resume = { ...begun, upload: { ...upload, expiresAt: new Date(Date.now() - 1000).toISOString() } };

  expect(await standIn.darkroom.upload(file, { resume })).toMatchObject({
    imageId: 'image-2',
    status: 'ready',
  });

  expect([...standIn.server.deleted]).toEqual(['image-1']);
});

test('begins anew where the image was deleted meanwhile', async () => {
  const faults = { 'GET /images': [{ status: 404, body: '{"code":"image-not-found"}' }] };
  const standIn = await start({ faults });
  const resume = await paused(standIn);

  expect(await standIn.darkroom.upload(file, { resume })).toMatchObject({
    imageId: 'image-2',
    status: 'ready',
  });
});

test('finds what was begun by the checksum', async () => {
  const standIn = await start();
  const begun = await paused(standIn);
  const resume = ({ checksumSha256 }: { readonly checksumSha256?: string }) =>
    begun.request.checksumSha256 === checksumSha256 ? begun : undefined;

  expect(await standIn.darkroom.upload(file, { resume })).toMatchObject({
    imageId: 'image-1',
    status: 'ready',
  });

  expect(standIn.count('POST /uploads')).toBe(1);
});

test('leaves the image alone that was begun for other content', async () => {
  const standIn = await start();
  const resume = await paused(standIn);

  const image = await standIn.darkroom.upload(randomBytes(file.byteLength), { resume });

  expect(image).toMatchObject({ imageId: 'image-2', status: 'ready' });
  expect(standIn.server.deleted.size).toBe(0);
});

test('sends nothing before it is written down what was begun', async () => {
  const { darkroom, count } = await start();
  const sentBefore: number[] = [];
  const onBegun = async () => {
    await new Promise((fulfil) => setTimeout(fulfil, 50));
    sentBefore.push(count('PUT /originals'));
  };

  await darkroom.upload(file, { onBegun });

  expect(sentBefore).toEqual([0]);
});
