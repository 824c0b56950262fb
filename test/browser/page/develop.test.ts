// The page as a person uses it: photos are chosen, developed and shown, and files that are none are explained. What each
// state looks like goes to test/browser/out/.
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { hasBrowser, openForeignPage } from '../support/foreign-page.ts';
import {
  type ChosenFile,
  launchBrowser,
  narrow,
  openPage,
  patienceMs,
  picture,
  plainPhoto,
} from '../support/page.ts';

/** How many photos are there with all their pixels. */
const drawnPhotos = `[...document.querySelector('darkroom-gallery').shadowRoot.querySelectorAll('img')]
  .filter((image) => image.complete && image.naturalWidth > 0).length`;

let folder: string;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  [stack, browser] = await Promise.all([startStack({ folder }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

const photos = () =>
  Promise.all([
    plainPhoto('a lake.jpg', 1200, 800, '#3b6a84'),
    plainPhoto('a tree.jpg', 800, 1200, '#4f6b3a'),
    plainPhoto('<img src=x onerror=alert(1)>.jpg', 1000, 1000, '#a2643c'),
  ]);

const choose = (page: Page, files: ChosenFile[]) => page.locator('#choose').setInputFiles(files);

describe.skipIf(!hasBrowser)('the page (skipped where /usr/bin/chromium is not)', () => {
  it('develops what is chosen, explains what is no picture, and complains of nothing', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    await page.getByText('No photos yet.').waitFor();
    await picture(page, 'empty');

    const broken = { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: readFileSync('README.md') };
    await choose(page, [...(await photos()), broken]);

    await page.getByText('3 of 4 ready, 1 with a problem').waitFor({ timeout: patienceMs });
    await expect.poll(() => page.evaluate(drawnPhotos), { timeout: patienceMs }).toBe(3);
    await picture(page, 'developed');
    expect(await page.getByText('unsupported-format').count()).toBe(1);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('shows what was uploaded before, on a phone and in the dark', async () => {
    const { page, complaints } = await openPage(browser, stack.api, {
      viewport: narrow,
      colorScheme: 'dark',
    });

    await page.getByAltText('a lake.jpg').waitFor();
    await picture(page, 'phone-dark');

    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('follows to its end what was sent before the page was loaded again', async () => {
    const { page } = await openPage(browser, stack.api);
    // What becomes of it is not told, as long as this page is open.
    await page.route('**/images/*', () => {});
    await choose(page, [await plainPhoto('before.jpg', 600, 400, '#777777')]);
    const uploads = page.getByRole('list', { name: 'Uploads' });
    await uploads.getByText('Developing', { exact: true }).waitFor({ timeout: patienceMs });
    await page.unroute('**/images/*');
    await page.reload();

    await page.getByText('1 of 1 ready').waitFor({ timeout: patienceMs });

    const names: (string | null)[] = [];
    for await (const { fileName } of stack.client.images.list()) names.push(fileName);
    expect(names.filter((name) => name === 'before.jpg')).toHaveLength(1);
  }, 180_000);

  it('signs nobody in but itself', async () => {
    const foreign = await openForeignPage();
    onTestFinished(() => foreign.close());

    const seen = await foreign.attempt({ url: `${stack.api}/page/session`, method: 'POST' });

    expect(seen).not.toMatchObject({ kind: 'answer', status: 200 });
    expect(JSON.stringify(seen)).not.toContain('token"');
  });
});
