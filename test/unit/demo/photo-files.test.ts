// What the demo makes of the paths it is given.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPhotos } from '../../../scripts/demo/photo-files.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-photo-files-'));
  await mkdir(join(folder, 'inner'));
  for (const name of ['b.JPG', 'a.png', 'notes.txt', '.hidden.jpg', 'inner/c.heic']) {
    await writeFile(join(folder, name), 'four');
  }
});

afterAll(() => rm(folder, { recursive: true }));

test('takes the photos of a folder and of the folders in it, in order, and leaves the rest', async () => {
  const { photos, refused } = await findPhotos([folder]);

  expect(photos.map(({ name, contentType, bytes }) => [name, contentType, bytes])).toEqual([
    ['a.png', 'image/png', 4],
    ['b.JPG', 'image/jpeg', 4],
    ['c.heic', 'image/heic', 4],
  ]);
  expect(refused).toEqual([]);
});

test('refuses a named file that is no photo, and one that is not there, each with its reason', async () => {
  const { photos, refused } = await findPhotos([join(folder, 'notes.txt'), join(folder, 'gone.jpg')]);

  expect(photos).toEqual([]);
  expect(refused.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('.jpg .jpeg .png'),
    'There is no such file.',
  ]);
});
