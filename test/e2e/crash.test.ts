// What S3 has acknowledged is never lost: kill everything in the middle of it, start again, and it becomes ready.

import { setTimeout as rest } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { probePort } from '../../scripts/local/settings.ts';
import { type Stack, startStack, temporaryFolder } from '../../scripts/soak/stack.ts';
import type { RenditionView } from '../../shared/domain/image-view.ts';
import { getImage, offerFor, put, settled, upload } from './support/client.ts';
import { photo } from './support/photos.ts';

const uploadCount = 16;
/** Short, so that what was in flight comes back soon. */
const parameters = { workerTimeoutSeconds: 8, visibilityTimeoutSeconds: 8 };

let stack: Stack | undefined;
const folders: { remove(): Promise<void> }[] = [];

afterEach(async () => {
  await stack?.kill();
  for (const folder of folders.splice(0)) await folder.remove();
});

test('every acknowledged upload becomes ready after the whole process tree was killed in the middle', async () => {
  const folder = await temporaryFolder();
  folders.push(folder);
  const file = await photo(1600, 1200);
  stack = await startStack({ dataDir: folder.path, parameters });
  const { api } = stack;
  // Functions that are warm get further, so that the kill meets every stage of the way.
  await settled(api, await upload(api, file));
  const offers = await Promise.all(Array.from({ length: uploadCount }, () => offerFor(api, file)));
  const acknowledged: string[] = [];
  const uploads = offers.map(async ({ imageId, upload: signed }, position) => {
    await rest(position * 25);
    const answer = await put(signed, file);
    if (answer.ok) acknowledged.push(imageId);
  });

  // Some are ready by then, some in flight, some in S3 and no further, some not even sent.
  const half = new Promise<void>((fulfil) => {
    const look = setInterval(() => {
      if (acknowledged.length < uploadCount / 2) return;
      clearInterval(look);
      fulfil();
    }, 1);
  });
  await half;
  await stack.kill();
  await Promise.allSettled(uploads);
  stack = await startStack({ dataDir: folder.path, parameters });
  const restarted = stack.api;

  const images = await Promise.all(acknowledged.map((imageId) => settled(restarted, imageId, 60)));
  expect(acknowledged.length).toBeGreaterThanOrEqual(uploadCount / 2);
  expect(images.filter(({ status }) => status !== 'ready')).toEqual([]);
}, 90_000);

test('Ctrl-C frees the ports, and what was stored is there after the next start', async () => {
  const folder = await temporaryFolder();
  folders.push(folder);
  const file = await photo(640, 480);
  stack = await startStack({ dataDir: folder.path });
  const offer = await offerFor(stack.api, file);
  await put(offer.upload, file);
  const before = await settled(stack.api, offer.imageId);

  const { ports } = stack;
  await stack.interrupt();
  const free = await Promise.all(ports.map((port) => probePort(port)));
  stack = await startStack({ dataDir: folder.path });
  const after = await getImage(stack.api, offer.imageId);

  expect(free).toEqual(ports);
  expect(after.renditions.map(withoutUrl)).toEqual(before.renditions.map(withoutUrl));
  expect((await fetch(after.renditions[0]?.url ?? '')).status).toBe(200);
}, 60_000);

function withoutUrl({ url: _signedAnew, ...rendition }: RenditionView): Omit<RenditionView, 'url'> {
  return rendition;
}
