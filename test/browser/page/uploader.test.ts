// The uploader as a person uses it when things do not go smoothly: paused, canceled, without a connection, asked to slow down,
// and loaded again. What each state looks like goes to test/browser/out/.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { photo } from '../../e2e/support/photos.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { forgetFiles } from '../support/kept-files.ts';
import { type ChosenFile, launchBrowser, narrow, openPage, patienceMs, picture } from '../support/page.ts';

let folder: string;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-uploader-'));
  [stack, browser] = await Promise.all([startStack({ folder }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

let seed = 100;
const jpeg = async (name: string): Promise<ChosenFile> => ({
  ...{ name, mimeType: 'image/jpeg', buffer: await photo(640, 480, ++seed) },
});
const choose = (page: Page, ...files: ChosenFile[]) => page.locator('#choose').setInputFiles(files);
const rows = (page: Page) => page.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
const row = (page: Page, name: string) => rows(page).filter({ hasText: name });
const ready = (page: Page, name: string) =>
  row(page, name).getByText('Ready', { exact: true }).waitFor({ timeout: patienceMs });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Lets requests of one method wait. `letOthers` ends that for those to come, `letGo` for all. */
async function hold(page: Page, method: string) {
  const held: Route[] = [];
  let isHolding = true;
  await page.route('**/*', (route) => {
    if (isHolding && route.request().method() === method) return void held.push(route);
    return route.continue();
  });
  const letOthers = () => {
    isHolding = false;
  };
  return {
    ...{ held, letOthers },
    letGo: async () => {
      letOthers();
      await Promise.all(held.map((route) => route.continue().catch(() => {})));
    },
  };
}

const countOf = async (fileName: string) => {
  let count = 0;
  for await (const image of stack.client.images.list()) if (image.fileName === fileName) count += 1;
  return count;
};

describe.skipIf(!hasBrowser)('the uploader (skipped where /usr/bin/chromium is not)', () => {
  it('pauses one and all, sends nothing meanwhile, goes on, and deletes what is canceled', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    const { held, letGo } = await hold(page, 'PUT');
    await choose(page, await jpeg('paused.jpg'), await jpeg('canceled.jpg'), await jpeg('third.jpg'));
    await expect.poll(() => held.length, { timeout: patienceMs }).toBe(3);

    await button(page, 'Pause: paused.jpg').click();
    await button(page, 'Cancel: canceled.jpg').click();
    await row(page, 'paused.jpg').getByText('Paused', { exact: true }).waitFor();
    await button(page, 'Pause all').click();
    await row(page, 'third.jpg').getByText('Paused', { exact: true }).waitFor();
    await picture(page, 'uploads-paused');
    await letGo();
    await expect.poll(() => countOf('canceled.jpg'), { timeout: patienceMs }).toBe(0);
    const standing = await Promise.all(['paused.jpg', 'third.jpg'].map(countOf));
    expect(standing).toEqual([1, 1]);
    await button(page, 'Continue all').click();

    await Promise.all([ready(page, 'paused.jpg'), ready(page, 'third.jpg')]);
    await page.getByText('2 of 2 ready').waitFor();
    expect(await Promise.all(['paused.jpg', 'third.jpg'].map(countOf))).toEqual([1, 1]);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('waits without a connection and while there is too much to do, says so, and goes on', async () => {
    const { page } = await openPage(browser, stack.api, { viewport: narrow, colorScheme: 'dark' });
    await page.route('**/uploads', (route) => {
      if (route.request().postDataJSON().fileName !== 'too much.jpg') return route.fallback();
      return route.fulfill({ status: 429, headers: { 'retry-after': '12' }, body: '{}' });
    });
    await choose(page, await jpeg('too much.jpg'));
    await row(page, 'too much.jpg')
      .getByText(/Too many requests: goes on in 1\d s/)
      .waitFor();

    await page.context().setOffline(true);
    await choose(page, await jpeg('offline.jpg'));
    await row(page, 'offline.jpg').getByText('No connection, waiting').waitFor({ timeout: patienceMs });
    await page.getByText('No connection. Uploads wait and go on by themselves.').waitFor();
    await picture(page, 'uploads-waiting-phone-dark');
    await page.unroute('**/uploads');
    await page.context().setOffline(false);

    await Promise.all([ready(page, 'offline.jpg'), ready(page, 'too much.jpg')]);
  }, 180_000);

  it('goes on after the page was loaded again in the middle, with the files that it has kept', async () => {
    const { page } = await openPage(browser, stack.api);
    const { held, letOthers } = await hold(page, 'PUT');
    await choose(page, await jpeg('kept 1.jpg'), await jpeg('kept 2.jpg'));
    await expect.poll(() => held.length, { timeout: patienceMs }).toBe(2);

    page.once('dialog', (dialog) => dialog.accept());
    letOthers();
    await page.reload();

    await Promise.all([ready(page, 'kept 1.jpg'), ready(page, 'kept 2.jpg')]);
    expect(await Promise.all(['kept 1.jpg', 'kept 2.jpg'].map(countOf))).toEqual([1, 1]);
  }, 180_000);

  it('goes on with a file that was chosen again, with the same image', async () => {
    const { page } = await openPage(browser, stack.api);
    const { held, letOthers } = await hold(page, 'PUT');
    const file = await jpeg('again.jpg');
    await choose(page, file);
    await expect.poll(() => held.length, { timeout: patienceMs }).toBe(1);
    page.once('dialog', (dialog) => dialog.accept());
    await page.evaluate(forgetFiles);
    letOthers();
    await page.reload();
    await row(page, 'again.jpg').getByText('Choose this file again to go on.').waitFor();
    await picture(page, 'uploads-choose-again');

    await choose(page, { ...file, name: 'another name.jpg' });

    await ready(page, 'another name.jpg');
    await page.getByText('1 of 1 ready').waitFor();
    expect(await Promise.all(['again.jpg', 'another name.jpg'].map(countOf))).toEqual([1, 0]);
    await page.reload();
    await choose(page, file);
    await ready(page, 'again.jpg');
    expect(await countOf('again.jpg')).toBe(1);
  }, 180_000);

  it('takes a drop anywhere in the window, with folders, and stays on the page', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    const [single, inFolder] = [join(folder, 'single.jpg'), join(folder, 'trip/day one')];
    await mkdir(inFolder, { recursive: true });
    await writeFile(single, await photo(640, 480, ++seed));
    await writeFile(join(inFolder, 'in a folder.jpg'), await photo(640, 480, ++seed));
    await writeFile(join(inFolder, 'notes.txt'), 'No picture.');
    await page.locator('#choose').waitFor({ state: 'attached' });
    const cdp = await page.context().newCDPSession(page);
    const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
      cdp.send('Input.dispatchDragEvent', {
        ...{ type, x: 640, y: 880 },
        data: { items: [], files: [single, join(folder, 'trip')], dragOperationsMask: 1 },
      });

    await drag('dragEnter');
    await drag('dragOver');
    await page.getByText('Drop anywhere to upload').waitFor();
    await picture(page, 'uploads-drop');
    await drag('drop');

    await Promise.all([ready(page, 'single.jpg'), ready(page, 'in a folder.jpg')]);
    await page.getByText('One file of the folder is no picture and was left out.').waitFor();
    expect(await page.getByText('Drop anywhere to upload').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  }, 180_000);
});
