// What S3 has acknowledged is never lost: kill everything in the middle of it, start again, and it becomes ready.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Rendition } from '../../client/src/client.ts';
import { startBurst } from '../../scripts/chaos/burst.ts';
import { settledImages } from '../../scripts/chaos/soak-flaws.ts';
import { download } from '../../scripts/client/settled.ts';
import { probePort } from '../../scripts/local/settings.ts';
import { type RunningStack, type StackOptions, startStack } from '../../scripts/stack/running-stack.ts';
import { removeStackFolder } from '../support/stack-folder.ts';
import { photo } from './support/photos.ts';

const uploadCount = 16;
const contentType = 'image/jpeg';
/** Longer than anybody here waits: what was in flight comes back because the next start releases it. */
const parameters = { workerTimeoutSeconds: 100, visibilityTimeoutSeconds: 600 };
/** For a machine that is busy with other things too: nothing here is about speed. */
const patienceSeconds = 150;

/** A next start of the same folder takes the same ports: the issuer of tokens, and so the owner, is named after one. */
async function start(options: StackOptions): Promise<RunningStack> {
  const stack = await startStack(options);
  onTestFinished(() => stack.kill());
  return stack;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-crash-'));
  onTestFinished(() => removeStackFolder(folder));
  return folder;
}

test('every acknowledged upload becomes ready after the whole process tree was killed in the middle', async () => {
  const folder = await temporaryFolder();
  const file = await photo(1000, 750);
  const killed = await start({ folder, parameters });
  // Functions that are warm get further, so that the kill meets every stage of the way.
  await killed.client.upload(file, { contentType });

  // Some are ready by then, some in flight, some in S3 and no further, some not even sent.
  const { acknowledged, reached, ended } = await startBurst(killed.client, file, uploadCount, 25);
  await reached(uploadCount / 2);
  await killed.kill();
  await ended;
  const { client } = await start({ folder, parameters, ports: killed.ports });

  const images = await settledImages(client, acknowledged, patienceSeconds);
  expect(acknowledged.length).toBeGreaterThanOrEqual(uploadCount / 2);
  expect(images.filter(({ status }) => status !== 'ready')).toEqual([]);
}, 240_000);

test('Ctrl-C frees the ports, and what was stored is there after the next start', async () => {
  const folder = await temporaryFolder();
  const stack = await start({ folder, parameters });
  const before = await stack.client.upload(await photo(640, 480), { contentType });

  await stack.interrupt();
  const ports = Object.values(stack.ports);
  const free = await Promise.all(ports.map((port) => probePort(port)));
  const { client } = await start({ folder, parameters, ports: stack.ports });
  const after = await client.images.get(before.imageId);

  expect(free).toEqual(ports);
  expect(after.renditions.map(withoutUrl)).toEqual(before.renditions.map(withoutUrl));
  expect((await download(after.renditions[0]?.url ?? '')).byteLength).toBe(after.renditions[0]?.bytes);
}, 240_000);

function withoutUrl({ url: _signedAnew, ...rendition }: Rendition): Omit<Rendition, 'url'> {
  return rendition;
}
