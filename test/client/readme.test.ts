// The README of the client library: its two uploaders run as they are printed.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type RunningStack, startStack } from '../../scripts/stack/running-stack.ts';
import { openClientPage } from '../browser/support/client-page.ts';
import { hasBrowser } from '../browser/support/foreign-page.ts';
import { photo } from '../e2e/support/photos.ts';
import { removeStackFolder } from '../support/stack-folder.ts';
import { type BuiltPackage, buildPackage } from './support/built-package.ts';

let folder: string;
let stack: RunningStack;
let built: BuiltPackage;
let readme: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-readme-'));
  readme = await readFile('client/README.md', 'utf8');
  [stack, built] = await Promise.all([startStack({ folder }), buildPackage()]);
  for (const name of ['one.jpg', 'two.jpg'])
    await writeFile(join(built.folder, name), await photo(640, 480, name.length));
});

afterAll(async () => {
  await stack?.kill();
  await built?.remove();
  await removeStackFolder(folder);
});

/** @param heading of the section that it is in */
function example(heading: string): string {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  const [, code] = /```\w+\n([\s\S]*?)```/.exec(section) ?? [];
  if (code === undefined) throw new Error(`The README has no example under ${heading}.`);
  return code;
}

test('the uploader for Node has ten lines and uploads what it is given', async () => {
  const code = example('In Node');
  const program = join(built.folder, 'upload.mjs');
  await writeFile(program, code);

  const { stdout } = await promisify(execFile)(process.execPath, [program, 'one.jpg', 'two.jpg'], {
    cwd: built.folder,
    env: { ...process.env, DARKROOM_API: stack.api, DARKROOM_TOKEN: await stack.tokenOf() },
  });

  expect(code.trim().split('\n').length).toBeLessThanOrEqual(10);
  expect(stdout.match(/^ready /gm)).toHaveLength(2);
});

describe.skipIf(!hasBrowser)('in Chromium (skipped where /usr/bin/chromium is not)', () => {
  test('the ready-made uploader has three lines, and brings what it is given to its end', async () => {
    const code = example('The uploader, ready made');
    const html = code.replace('https://api.example.com', stack.api).replace('TOKEN', await stack.tokenOf());
    const { page, close } = await openClientPage({ html, packageDir: built.packageDir });
    onTestFinished(close);

    await page.locator('#choose').setInputFiles(join(built.folder, 'one.jpg'));

    await page.getByText('1 of 1 ready').waitFor({ timeout: 20_000 });
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(3);
  });

  test('the uploader for browsers has thirty lines, and shows what it was given', async () => {
    const code = example('In a browser');
    const html = code.replace('https://api.example.com', stack.api);
    const { page, close } = await openClientPage({ html, packageDir: built.packageDir });
    onTestFinished(close);
    await page.evaluate((token) => sessionStorage.setItem('token', token), await stack.tokenOf());

    await page.setInputFiles('input', [join(built.folder, 'one.jpg'), join(built.folder, 'two.jpg')]);

    const shown = () => page.$$eval('img', (images) => images.map((image) => image.naturalWidth));
    await expect.poll(shown, { timeout: 20_000 }).toEqual([160, 160]);
    expect(await page.$$eval('progress', (bars) => bars.map((bar) => bar.value))).toEqual([1, 1]);
    expect(code.trim().split('\n').length).toBeLessThanOrEqual(30);
  });
});
