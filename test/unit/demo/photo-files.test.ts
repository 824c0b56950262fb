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
  await writeFile(join(folder, 'empty.jpg'), '');
  await mkdir(join(folder, 'texts'));
  await writeFile(join(folder, 'texts/one.md'), 'four');
});

afterAll(() => rm(folder, { recursive: true }));

test('takes the photos of a folder and of the folders in it, in order, and says what it leaves out', async () => {
  const { photos, leftOut } = await findPhotos([folder]);

  expect(photos.map(({ name, contentType, bytes }) => [name, contentType, bytes])).toEqual([
    ['a.png', 'image/png', 4],
    ['b.JPG', 'image/jpeg', 4],
    ['c.heic', 'image/heic', 4],
  ]);
  expect(leftOut).toEqual([
    { path: join(folder, 'empty.jpg'), reason: 'the file is empty', isNamed: false },
    { path: join(folder, 'notes.txt'), reason: 'not a photo by its extension', isNamed: false },
    { path: join(folder, 'texts/one.md'), reason: 'not a photo by its extension', isNamed: false },
  ]);
});

test('leaves out a named file that is no photo, or empty, and a folder without photos', async () => {
  const paths = ['notes.txt', 'empty.jpg', 'texts'].map((name) => join(folder, name));

  const { photos, leftOut } = await findPhotos(paths);

  expect(photos).toEqual([]);
  expect(leftOut.filter(({ isNamed }) => isNamed).map(({ path }) => path)).toEqual(paths);
  expect(leftOut.at(-1)?.reason).toBe('there is no photo in it');
});

test('refuses a path that leads nowhere, whatever else is named', async () => {
  const paths = [join(folder, 'a.png'), join(folder, 'gone.jpg')];

  await expect(findPhotos(paths)).rejects.toThrow(`There is no file or folder ${join(folder, 'gone.jpg')}.`);
});
