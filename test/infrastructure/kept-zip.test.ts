// A zip that is kept: the same bytes as one made now, and made anew as soon as it would become another.

import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptZip } from '../../scripts/package/kept-zip.ts';
import { zip } from '../../scripts/package/zip.ts';

const files = { 'b.txt': Buffer.from('second'), 'a.txt': Buffer.from('first') };
const marked = Buffer.from('kept');
let project: string;
let zips: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'kept-zip-'));
  zips = join(project, '.build/zips');
  for (const path of ['scripts/package/zip.ts', 'node_modules/fflate/package.json'])
    await cp(path, join(project, path));
});
afterEach(() => rm(project, { recursive: true }));

/** Shows whether a zip is the one that was kept. */
async function mark(): Promise<void> {
  for (const name of await readdir(zips)) await writeFile(join(zips, name), marked);
}

test('is the bytes of a zip that is made now, at first and afterwards', async () => {
  expect(Buffer.from(await keptZip(project, files))).toEqual(Buffer.from(zip(files)));
  expect(Buffer.from(await keptZip(project, files))).toEqual(Buffer.from(zip(files)));
});

test('is not made again of the same files, in whatever order they come', async () => {
  await keptZip(project, files);
  await mark();

  const inOrder = { 'a.txt': files['a.txt'], 'b.txt': files['b.txt'] };
  expect(await keptZip(project, inOrder)).toEqual(marked);
});

test.each([
  ['a byte of a file', { ...files, 'a.txt': Buffer.from('First') }],
  ['the name of a file', { 'b.txt': files['b.txt'], 'c.txt': files['a.txt'] }],
  ['where a file ends', { 'a.txt': Buffer.from('firsts'), 'b.txt': Buffer.from('econd') }],
  ['the number of files', { 'a.txt': files['a.txt'] }],
])('is made anew when %s is another, and the one before is kept no longer', async (_what, changed) => {
  await keptZip(project, files);
  await mark();

  expect(Buffer.from(await keptZip(project, changed))).toEqual(Buffer.from(zip(changed)));
  expect(await readdir(zips)).toHaveLength(1);
});

test.each(['scripts/package/zip.ts', 'node_modules/fflate/package.json'])(
  'is made anew when %s is another, from which the bytes follow too',
  async (path) => {
    await keptZip(project, files);
    await mark();
    await appendFile(join(project, path), '\n');

    expect(Buffer.from(await keptZip(project, files))).toEqual(Buffer.from(zip(files)));
  },
);

test('is left by itself: nothing that was begun stays beside it', async () => {
  await Promise.all([keptZip(project, files), keptZip(project, files)]);

  expect(await readdir(zips)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.zip$/)]);
});
