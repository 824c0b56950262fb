// The page's files in a bucket: what they are, and what stays of the page before, in the laptop's own S3.

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageFiles } from '../../scripts/deploy-page/page-files.ts';
import { putPage } from '../../scripts/deploy-page/put-page.ts';
import { type ListeningS3, listenLocalS3 } from '../conformance/support/listening-s3.ts';

const Bucket = 'page';
const region = 'eu-central-1';
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const note = 'page.json';

let folder: string;
let local: ListeningS3;
let s3: S3Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-files-'));
  const dataDir = join(folder, 'data');
  local = await listenLocalS3({ dataDir, credentials, region, publish: async () => {} });
  s3 = new S3Client({ region, credentials, endpoint: local.endpoint, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await local.close();
  await rm(folder, { recursive: true });
});

/** A page as it is built: files by name, and the list of what it was made of. */
async function deploy(build: string, files: Readonly<Record<string, string>>, config = '{"api":"one"}') {
  const path = join(folder, build);
  await mkdir(path, { recursive: true });
  for (const [name, text] of Object.entries({ ...files, 'made-of.json': '{}' }))
    await writeFile(join(path, name), text);
  return putPage(s3, Bucket, await pageFiles(path, config));
}

async function keys(): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key).sort();
}

const first = { 'index.html': '<p>1</p>', 'page-1.js': 'one', 'page-1.css': 'p {}' };
const second = { 'index.html': '<p>2</p>', 'page-2.js': 'two', 'page-1.css': 'p {}' };
const third = { 'index.html': '<p>3</p>', 'page-3.js': 'three', 'page-1.css': 'p {}' };

it('puts what a page loads before the page, and nothing of how it was built', async () => {
  expect(await deploy('first', first)).toEqual({
    put: ['page/page-1.css', 'page/page-1.js', 'page/config.json', 'index.html'],
    deleted: [],
  });
  expect(await keys()).toEqual(['index.html', note, 'page/config.json', 'page/page-1.css', 'page/page-1.js']);
});

it.each([
  ['index.html', 'text/html; charset=utf-8', 'no-cache'],
  ['page/config.json', 'application/json', 'no-cache'],
  ['page/page-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['page/page-1.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
])('says of %s what it is, and how long it may be kept', async (Key, ContentType, CacheControl) => {
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentType, CacheControl });
});

it('does nothing when nothing has changed', async () => {
  expect(await deploy('first', first)).toEqual({ put: [], deleted: [] });
});

it('puts what has changed, and leaves what the page before loads to whoever has it open', async () => {
  expect(await deploy('second', second)).toEqual({ put: ['page/page-2.js', 'index.html'], deleted: [] });
  expect(await keys()).toContain('page/page-1.js');
});

it('leaves it there when the same page is deployed again', async () => {
  expect(await deploy('second', second)).toEqual({ put: [], deleted: [] });
  expect(await keys()).toContain('page/page-1.js');
});

it('deletes what only the page before that loaded', async () => {
  expect(await deploy('third', third)).toEqual({
    ...{ put: ['page/page-3.js', 'index.html'], deleted: ['page/page-1.js'] },
  });
  expect(await keys()).toContain('page/page-2.js');
});

it('puts again what somebody changed by hand, and what the stack says anew', async () => {
  const { put } = await deploy('third', third, '{"api":"two"}');

  expect(put).toEqual(['page/config.json']);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: 'page/config.json' }));
  expect(await Body?.transformToString()).toBe('{"api":"two"}');
});
