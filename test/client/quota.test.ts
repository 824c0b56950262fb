// The client library against a stack whose owner has used up what is allowed.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startStack } from '../../scripts/stack/running-stack.ts';
import { photo } from '../e2e/support/photos.ts';
import { removeStackFolder } from '../support/stack-folder.ts';

const contentType = 'image/jpeg';

test('more uploads at a time than the quota has room for wait, and all end ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-quota-'));
  const { client, kill } = await startStack({ folder, parameters: { maxOpenUploads: 2 } });
  onTestFinished(async () => {
    await kill();
    await removeStackFolder(folder);
  });
  const file = await photo(320, 240);
  const begunAt = performance.now();

  const images = await Promise.all(Array.from({ length: 4 }, () => client.upload(file, { contentType })));

  expect(new Set(images.map(({ imageId }) => imageId)).size).toBe(4);
  // What the API says to wait while two are open.
  expect(performance.now() - begunAt).toBeGreaterThan(15_000);
  expect(await client.usage()).toMatchObject({ openUploads: { used: 0, limit: 2 }, images: { used: 4 } });
}, 120_000);
