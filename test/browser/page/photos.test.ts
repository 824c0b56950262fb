// The page as a person uses it: photos are dropped, develop, are looked at and deleted, and files that are none are explained.
// What each state looks like goes to test/browser/out/.
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Image } from '../../../client/src/client.ts';
import { paintedPhotos } from '../../../scripts/demo/painted-photos.ts';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { corpusFiles, hasCorpus, readCorpus } from '../../imaging/corpus.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { drop } from '../support/drop.ts';
import { hasBrowser, openForeignPage } from '../support/foreign-page.ts';
import {
  type ChosenFile,
  launchBrowser,
  narrow,
  openPage,
  patienceMs,
  picture,
  plainPhoto,
  wide,
} from '../support/page.ts';
import { shiftsOf, watchShifts } from '../support/shifts.ts';

const count = 12;
const source = hasCorpus ? '' : ', painted ones: ../shared/corpus is not there';
const drawn = 'darkroom-gallery img.loaded';

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

/** Photos of cameras, and one for people on the other side of the screen. */
async function photos(): Promise<ChosenFile[]> {
  const fromCameras = corpusFiles().filter(({ path }) => path.startsWith('photos/'));
  const files = fromCameras.map(({ path }) => ({
    ...{ name: basename(path), mimeType: 'image/jpeg', buffer: readCorpus(path) },
  }));
  const painted = await paintedPhotos(count - 1);
  const marked = await plainPhoto('<img src=x onerror=alert(1)>.jpg', 1000, 1000, '#a2643c');
  return [...files, ...painted].slice(0, count - 1).concat(marked);
}

/** Whether its list shows it, as far as that has been scrolled. */
const inSight = (row: Locator) =>
  row.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    const list = element.parentElement?.getBoundingClientRect();
    return list !== undefined && top >= list.top && bottom <= list.bottom;
  });

const broken = (halfAPhoto: Buffer): ChosenFile[] => [
  { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: readFileSync('README.md') },
  { name: 'half a photo.jpg', mimeType: 'image/jpeg', buffer: halfAPhoto },
];

describe.skipIf(!hasBrowser)(`the page (skipped where /usr/bin/chromium is not)${source}`, () => {
  it('develops what is dropped, explains what is no picture, moves nothing about and complains of nothing', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    await page.getByText('No photos yet.').waitFor();
    await picture(page, 'empty');
    const [first, ...others] = await photos();
    const half = (first as ChosenFile).buffer.subarray(0, (first as ChosenFile).buffer.length / 2);

    await drop(page, 'darkroom-uploader', [first as ChosenFile, ...others, ...broken(half)]);

    const total = page.getByText(/^\d+ of 14 ready/);
    await total.waitFor();
    // The list takes its place when files are dropped; from then on nothing moves.
    await watchShifts(page);
    await total.filter({ hasText: /^([3-9]|1[01]) of 14/ }).waitFor({ timeout: patienceMs });
    await picture(page, 'developing');
    await page.getByText('12 of 14 ready, 2 with a problem').waitFor({ timeout: patienceMs });
    expect(await shiftsOf(page)).toBeLessThan(0.02);
    await expect.poll(() => page.locator(drawn).count(), { timeout: patienceMs }).toBeGreaterThan(3);
    await picture(page, 'developed');
    const problem = page.locator('darkroom-uploader li.failed').first();
    await page.getByRole('button', { name: 'Show problems' }).click();
    await expect.poll(() => inSight(problem)).toBe(true);
    await picture(page, 'problems');
    const codes = page.locator('darkroom-uploader code');
    expect((await codes.allTextContents()).toSorted()).toEqual(['corrupt-image', 'unsupported-format']);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 240_000);

  it('shows an image with its metadata, and deletes it once that is confirmed', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    const images: Image[] = [];
    for await (const image of stack.client.images.list({ status: 'ready' })) images.push(image);
    const chosen = images.find(({ metadata }) => metadata?.camera?.model) ?? images[0];
    const { imageId, fileName, metadata } = chosen as Image;

    await page.goto(`${stack.api}/#/images/${imageId}`);

    const dialog = page.getByRole('dialog');
    await dialog.getByText(`${metadata?.width} × ${metadata?.height}`).first().waitFor();
    if (metadata?.camera?.model) await dialog.getByText(metadata.camera.model).waitFor();
    await picture(page, 'image');
    await page.setViewportSize(narrow);
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture(page, 'image-phone-dark');
    await page.setViewportSize(wide);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(`Delete “${fileName}”?`).waitFor();
    await picture(page, 'delete-dark');
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await page.locator('darkroom-image').waitFor({ state: 'detached' });
    await expect(stack.client.images.get(imageId)).rejects.toMatchObject({ status: 404 });
    expect(await page.getByAltText(fileName ?? '').count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 120_000);

  it.each([
    ['light', wide],
    ['dark', wide],
    ['light', narrow],
    ['dark', narrow],
  ] as const)('is for everybody, in %s, at %o', async (colorScheme, viewport) => {
    const { page, complaints } = await openPage(browser, stack.api, { viewport, colorScheme });

    await page.locator(drawn).first().waitFor();
    await picture(page, `gallery-${colorScheme}-${viewport.width}`);

    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('signs nobody in but itself', async () => {
    const foreign = await openForeignPage();
    onTestFinished(() => foreign.close());

    const seen = await foreign.attempt({ url: `${stack.api}/page/session`, method: 'POST' });

    expect(seen).not.toMatchObject({ kind: 'answer', status: 200 });
    expect(JSON.stringify(seen)).not.toContain('token"');
  });
});
