// Tabs that end at random moments of uploads, closed or killed: every file that is chosen again ends ready once, and nothing is
// left of the rest past its expiry. DARKROOM_TAB_KILLS=100 for the long form.
import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcileStage } from '../../../scripts/operations/reconcile-stage.ts';
import { randomNumbers } from '../../../scripts/random/seeded.ts';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { photo } from '../../e2e/support/photos.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { forgetFiles } from '../support/kept-files.ts';
import { type ChosenFile, launchBrowser, patienceMs } from '../support/page.ts';

const kills = Number(process.env['DARKROOM_TAB_KILLS'] ?? 8);
/** URLs run out between two tabs; workers have time, however busy the machine is. */
const parameters = { uploadExpirySeconds: 10, workerTimeoutSeconds: 30, visibilityTimeoutSeconds: 60 };
/** Then all URLs have run out, and the time that a late file is given. */
const longPastMs = 3_600_000;
/** After the files are chosen, until the tab ends. */
const longestLifeMs = 3000;
/** So slow that an upload takes about as long as a tab lives. */
const network = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 150_000 };

let folder: string;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-kills-'));
  [stack, browser] = await Promise.all([startStack({ folder, parameters }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

async function openSlowly(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(stack.api);
  await page.locator('#choose').waitFor({ state: 'attached' });
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.emulateNetworkConditions', network);
  return page;
}

/** Closes it without asking, or ends its process. */
async function kill(page: Page, isCrash: boolean): Promise<void> {
  if (isCrash) {
    const cdp = await page.context().newCDPSession(page);
    const crashed = page.waitForEvent('crash');
    cdp.send('Page.crash').catch(() => {});
    await crashed;
  }
  await page.close();
}

async function imagesByStatus(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for await (const { status, imageId, original } of stack.client.images.list({ pageSize: 100 }))
    found[status] = [...(found[status] ?? []), status === 'ready' ? (original?.sha256 ?? '') : imageId];
  return found;
}

describe.skipIf(!hasBrowser)('tabs that end (skipped where /usr/bin/chromium is not)', () => {
  it(`lose nothing and double nothing in ${kills} kills`, async () => {
    const random = randomNumbers(14);
    const context = await browser.newContext();
    const files: ChosenFile[] = [];
    const moments: Record<string, number> = {};
    for (let count = 0; count < kills; count += 1) {
      const name = `photo ${count}.jpg`;
      files.push({ name, mimeType: 'image/jpeg', buffer: await photo(900, 600, count + 1) });
      const page = await openSlowly(context);
      if (random() < 0.5) await page.evaluate(forgetFiles);
      // The newest, and some of those before.
      const chosen = files.filter((_, index) => index >= count - 1 || random() < 4 / kills);
      await page.locator('#choose').setInputFiles(chosen);
      await sleep(random() * longestLifeMs);
      for (const state of await page.locator('li[part^="upload"]').evaluateAll(statesOf))
        moments[state] = (moments[state] ?? 0) + 1;
      await kill(page, random() < 0.5);
    }

    const page = await openSlowly(context);
    await page.locator('#choose').setInputFiles(files);
    const total = page.getByText(/^\d+ of \d+ ready/);
    await expect
      .poll(() => total.textContent(), { timeout: patienceMs * 2 })
      .toBe(`${kills} of ${kills} ready`);
    await context.close();

    const expected = files.map(({ buffer }) => createHash('sha256').update(buffer).digest('hex')).sort();
    const found = await imagesByStatus();
    expect(found['ready']?.toSorted()).toEqual(expected);
    const { ready: _ready, expired = [], 'awaiting-upload': waiting = [], ...others } = found;
    expect(others).toEqual({});
    console.log(
      `${kills} kills, at these states:`,
      moments,
      `begun and never sent: ${waiting.length + expired.length}`,
    );
    await reconcileStage(stack.stage, { clock: () => new Date(Date.now() + longPastMs) });
    expect(await leftOver()).toEqual({ waiting: 0, strays: [] });
  }, 1_800_000);
});

// Runs in the page.
function statesOf(rows: { readonly className: string }[]): string[] {
  return rows.map(({ className }) => className);
}

/** Images that still wait for a file, and originals without a ready image. */
async function leftOver() {
  const { clients, originalsBucket } = stack.stage;
  const { awaiting, ready } = await idsByStatus();
  const list = new ListObjectsV2Command({ Bucket: originalsBucket });
  const { Contents: originals = [] } = await clients.s3.send(list);
  const strays = originals.map(({ Key = '' }) => Key).filter((key) => !ready.some((id) => key.includes(id)));
  return { waiting: awaiting.length, strays };
}

async function idsByStatus() {
  const ids = { awaiting: [] as string[], ready: [] as string[] };
  for await (const { status, imageId } of stack.client.images.list({ pageSize: 100 })) {
    if (status === 'awaiting-upload') ids.awaiting.push(imageId);
    if (status === 'ready') ids.ready.push(imageId);
  }
  return ids;
}
