// The client library as it is published: small, without dependencies, with types that others can compile against.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltPackage, buildPackage } from './support/built-package.ts';

const run = promisify(execFile);
let built: BuiltPackage;

beforeAll(async () => {
  built = await buildPackage();
});
afterAll(() => built?.remove());

test.each([
  ['client.js', 12],
  ['uploader.js', 30],
] as const)('has in %s under %i KB compressed, and imports nothing', async (name, mostKilobytes) => {
  const module = await readFile(join(built.packageDir, 'dist', name), 'utf8');
  const manifest = JSON.parse(await readFile(join(built.packageDir, 'package.json'), 'utf8'));

  expect(built.compressedBytes[name]).toBeLessThan(mostKilobytes * 1024);
  expect(module).not.toMatch(/\bimport\b(?!\.meta\.url)|\brequire\(/);
  expect(manifest).not.toHaveProperty('dependencies');
});

test('packs what it needs and nothing else', async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: built.packageDir,
  });
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path).filter((path) => !path.startsWith('dist/types/'));

  expect(paths.sort()).toEqual([
    ...[
      'LICENSE',
      'README.md',
      'dist/LICENSES.txt',
      'dist/client.js',
      'dist/client.js.map',
      'dist/digest-worker.js',
      'dist/uploader.js',
      'dist/uploader.js.map',
      'package.json',
    ],
  ]);
});

const program = `
import { createClient, ApiError, type Image } from 'darkroom-client';
import 'darkroom-client/uploader';
const darkroom = createClient({ api: 'https://api.example.com', token: async () => 'token' });
const image: Image = await darkroom.upload(new Blob([]), { onProgress: ({ fraction }) => fraction.toFixed() });
const status: 'ready' | 'rejected' | 'failed' | 'expired' | 'deleted' | 'processing' | 'awaiting-upload' = image.status;
for await (const { imageId } of darkroom.images.list({ status: 'ready' })) await darkroom.images.delete(imageId);
// @ts-expect-error There is no such status.
darkroom.images.list({ status: 'done' });
const uploader = document.querySelector('darkroom-uploader');
uploader?.addEventListener('darkroom-ready', ({ detail }) => detail.renditions.length);
if (uploader) uploader.token = async () => 'token';
// @ts-expect-error It takes files.
uploader?.add('photo.jpg');
export { ApiError, status };
`;

test.each([
  ['this project’s TypeScript', 'node_modules/typescript/bin/tsc', 'nodenext'],
  ['TypeScript 5, as bundlers resolve', 'client/node_modules/typescript/bin/tsc', 'bundler'],
])('has types that %s compiles against, in a project for browsers', async (_case, tsc, moduleResolution) => {
  const name = `program-${moduleResolution}.mts`;
  await writeFile(join(built.folder, name), program);
  const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
  const options = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable'];

  const args = [resolve(tsc), ...options, '--module', module, '--moduleResolution', moduleResolution, name];

  expect(await run(process.execPath, args, { cwd: built.folder }).catch(({ stdout }) => stdout)).toEqual({
    stdout: '',
    stderr: '',
  });
});
