// What is around everything that the page shows: header, sections, titles, where the keyboard is, and what is said when a part
// of it cannot be loaded. The API has nothing to show.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, startLoopbackServer } from '../../../scripts/local/engines/loopback-server.ts';
import { withPage } from '../../../scripts/local/page/page.ts';
import { buildPage } from '../../../scripts/web/build-page.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { launchBrowser, narrow, openPage, picture } from '../support/page.ts';

const answers = {
  '/images?': { images: [], nextCursor: null },
  '/usage': {
    ...{ images: { used: 0, limit: 100 }, openUploads: { used: 0, limit: 100 } },
    ...{ storedBytes: { used: 0, limit: 100 }, rejected: { used: 0, limit: 100 } },
  },
};

let folder: string;
let server: LoopbackServer;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  await buildPage(process.cwd(), relative('', folder));
  server = await startLoopbackServer(0, 'apiPort');
  const page = { folder, storage: 'http://127.0.0.1:4566', config: { operations: true } };
  server.serve(
    withPage({ ...page, makeToken: async () => 'a token' }, ({ url }, response) => {
      const answer = Object.entries(answers).find(([path]) => url?.startsWith(path))?.[1];
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer ?? { code: 'not-found' }));
    }),
  );
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** What has the focus: its tag and text. */
const focused = (page: Page) =>
  page.evaluate<string>(
    '[document.activeElement.localName, document.activeElement.textContent.trim()].join(": ").slice(0, 40)',
  );

describe.skipIf(!hasBrowser)('the frame of the page (skipped where /usr/bin/chromium is not)', () => {
  it('follows the address with its title, its sections and the keyboard', async () => {
    const { page } = await openPage(browser, server.endpoint);
    const current = page.locator('nav a[aria-current=page]');
    await page.getByText('No photos yet.').waitFor();
    expect(await page.title()).toBe('Photos · Darkroom');
    expect(await current.textContent()).toBe('Photos');

    await page.getByRole('link', { name: 'Operations' }).click();
    await page.locator('darkroom-operations').waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.localName')).toBe('main');
    expect(await page.title()).toBe('Operations · Darkroom');
    expect(await current.textContent()).toBe('Operations');
    expect(await page.getByRole('main', { name: 'Operations' }).count()).toBe(1);
    expect(await page.locator('#photos').isVisible()).toBe(false);

    await page.goBack();
    await page.getByText('No photos yet.').waitFor();
    expect(await page.title()).toBe('Photos · Darkroom');
    expect(await page.locator('darkroom-operations').count()).toBe(0);
  });

  it('lets the keyboard skip what is on every page', async () => {
    const { page, complaints } = await openPage(browser, `${server.endpoint}/#/asked`);
    await page.getByText('No photos yet.').waitFor();

    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('a: Skip to the content');
    await picture(page, 'skip-link');
    await page.keyboard.press('Enter');

    expect(await focused(page)).toMatch(/^main/);
    expect(page.url()).toBe(`${server.endpoint}/#/asked`);
    expect(complaints).toEqual([]);
  });

  it('lets no text become markup, and starts no worker but from its own files', async () => {
    const { page } = await openPage(browser, server.endpoint);
    await page.getByText('No photos yet.').waitFor();
    const worker = (await readdir(folder)).find((name) => name.startsWith('digest-worker')) ?? '';

    const tried = await page.evaluate((own) => {
      const { document, Worker } = globalThis as unknown as {
        document: { body: { innerHTML: string } };
        Worker: new (url: string, options: object) => { terminate(): void };
      };
      const outcome = (attempt: () => void) => {
        try {
          attempt();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        markup: outcome(() => {
          document.body.innerHTML = '<b>text</b>';
        }),
        ownWorker: outcome(() => new Worker(own, { type: 'module' }).terminate()),
        foreignWorker: outcome(() => new Worker('/images/worker.js', { type: 'module' }).terminate()),
      };
    }, `/page/${worker}`);

    expect(tried).toEqual({ markup: 'TypeError', ownWorker: 'done', foreignWorker: 'TypeError' });
  });

  it('says that a part cannot be loaded, and shows the others all the same', async () => {
    const { page } = await openPage(browser, server.endpoint, { viewport: narrow, colorScheme: 'dark' });
    await page.route('**/operations-element-*.js', (route) => route.abort());

    await page.getByRole('link', { name: 'Operations' }).click();
    await page.getByText('This part of the page could not be loaded.').waitFor();
    await picture(page, 'part-not-loaded');
    await page.getByRole('link', { name: 'Photos' }).click();

    await page.getByText('No photos yet.').waitFor();
    expect(await page.getByText('This part of the page').count()).toBe(0);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
