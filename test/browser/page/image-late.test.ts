// One image while answers come late: what belongs to another image, or is not wanted any more, changes nothing.
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { generatedImage } from '../support/generated-gallery.ts';

const beside = besideGallery(4);

const details = (page: Page) => page.locator('darkroom-image-details');
const shows = (page: Page, name: string) =>
  details(page).getByRole('heading', { name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Opens the second of four photos. */
async function openSecond(): Promise<Page> {
  const { page } = await beside.open();
  await page.getByAltText('IMG_1.jpg').click();
  await page.locator('darkroom-image img.loaded').waitFor();
  await shows(page, 'IMG_1.jpg');
  return page;
}

describe.skipIf(!hasBrowser)('one image (skipped where /usr/bin/chromium is not)', () => {
  it('is never shown as the picture of the one before', async () => {
    const page = await openSecond();
    await page.route(`**/pictures/${generatedImage(2).imageId}/**`, () => {});

    await page.keyboard.press('ArrowRight');
    await shows(page, 'IMG_2.jpg');

    await page.locator('darkroom-image img').waitFor({ state: 'attached' });
    expect(await page.locator('darkroom-image img.loaded').count()).toBe(0);
  }, 60_000);

  it('says that nobody answers where there is nothing to show, and shows it once it is there', async () => {
    const { page } = await beside.openEmpty();
    const { imageId } = generatedImage(1);
    await page.clock.install();
    await page.route(`**/images/${imageId}*`, (route) => route.abort());
    await page.route('**/images?*', () => {});
    await page.goto(`${beside.gallery.url}/#/images/${imageId}`);
    await page.getByText('Loading the photo…').waitFor();

    await page.clock.fastForward(31_000);
    await page.locator('darkroom-image').getByText('The service does not answer.').waitFor({ timeout: 5000 });
    await page.unroute(`**/images/${imageId}*`);
    await page.locator('darkroom-image').getByRole('button', { name: 'Try again' }).click();

    await shows(page, 'IMG_1.jpg');
  }, 60_000);

  it('keeps what it shows when it cannot be asked for anew', async () => {
    const page = await openSecond();
    await page.route(`**/images/${generatedImage(2).imageId}*`, (route) =>
      route.fulfill({ status: 403, json: { code: 'forbidden', detail: 'Not for you.' } }),
    );
    const answered = page.waitForResponse(`**/images/${generatedImage(2).imageId}*`);

    await page.keyboard.press('ArrowRight');
    await answered;
    await page.waitForTimeout(200);

    await shows(page, 'IMG_2.jpg');
  }, 60_000);

  it('leads to its neighbors once these are known, when it was there before the photos', async () => {
    const { page } = await beside.openEmpty();
    const lists: Route[] = [];
    await page.route('**/images?*', (route) => void lists.push(route));
    await page.goto(`${beside.gallery.url}/#/images/${generatedImage(1).imageId}`);
    await page.locator('darkroom-image img.loaded').waitFor();
    const next = page.getByRole('button', { name: 'Next photo' });
    expect(await next.isVisible()).toBe(false);

    for (const route of lists) await route.continue();

    await next.waitFor({ timeout: 5000 });
  }, 60_000);

  it('stays when the one before has been asked for anew, and does not say so', async () => {
    const page = await openSecond();
    const asked: Route[] = [];
    await page.route('**/reprocess', (route) => void asked.push(route));
    await button(page, 'Develop again').click();
    await page.keyboard.press('ArrowRight');
    await shows(page, 'IMG_2.jpg');
    const json = { ...generatedImage(1, 'processing'), updatedAt: '2026-11-02T00:00:00.000Z' };
    const answered = page.waitForResponse('**/reprocess');

    await asked[0]?.fulfill({ status: 202, json });

    await answered;
    await page.locator('darkroom-gallery .processing').waitFor({ state: 'attached' });
    await shows(page, 'IMG_2.jpg');
    expect(await details(page).getByText('It is being developed again.').count()).toBe(0);
    expect(await button(page, 'Develop again').isEnabled()).toBe(true);
  }, 60_000);

  it('is not deleted once that was called off while nobody answered', async () => {
    const page = await openSecond();
    let isAnswered = false;
    const methods: string[] = [];
    await page.route('**/images/*', (route) => {
      if (route.request().method() !== 'DELETE') return route.fallback();
      methods.push('DELETE');
      return isAnswered ? route.fulfill({ status: 204 }) : route.abort();
    });
    await button(page, 'Delete').click();
    await button(page, 'Delete for good').click();
    await expect.poll(() => methods.length).toBeGreaterThan(1);

    await button(page, 'Cancel').click();
    await page.getByText('Delete “IMG_1.jpg”?').waitFor({ state: 'hidden' });
    await page.evaluate("fetch('/usage')");
    const before = methods.length;
    isAnswered = true;
    await page.evaluate("dispatchEvent(new Event('online'))");
    await page.waitForTimeout(1500);

    expect(methods.length).toBe(before);
    await shows(page, 'IMG_1.jpg');
  }, 60_000);

  it('keeps the keyboard at what was pressed, while that is done and when it did not succeed', async () => {
    const page = await openSecond();
    const asked: Route[] = [];
    for (const url of ['**/reprocess', `**/images/${generatedImage(1).imageId}`])
      await page.route(url, (route) =>
        route.request().method() === 'GET' ? route.fallback() : void asked.push(route),
      );
    const isAt = (name: string) => expect.poll(() => button(page, name).and(page.locator(':focus')).count());

    await button(page, 'Develop again').press('Enter');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(200);
    await (await isAt('Develop again')).toBe(1);
    expect(asked.length).toBe(1);

    await button(page, 'Delete').press('Enter');
    await button(page, 'Delete for good').press('Enter');
    await button(page, 'Deleting…').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForTimeout(200);
    expect(asked.length).toBe(2);
    await asked[1]?.fulfill({ status: 400, json: { code: 'invalid-request', detail: 'Not now.' } });
    await page.getByText('Not now.').waitFor();
    await (await isAt('Delete for good')).toBe(1);
  }, 60_000);

  it('is looked at closer where it was clicked, also in a page that is read from right to left', async () => {
    const page = await openSecond();
    await page.evaluate("document.dir = 'rtl'");
    const frame = page.locator('darkroom-image .frame');
    const { width = 0, height = 0 } = (await frame.boundingBox()) ?? {};

    await frame.click({ position: { x: width * 0.6, y: height / 2 } });

    const stage = page.locator('darkroom-image .stage.zoomed');
    await expect.poll(() => stage.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100);
    const nextBox = await page.getByRole('button', { name: 'Next photo' }).boundingBox();
    const previousBox = await page.getByRole('button', { name: 'Previous photo' }).boundingBox();
    expect(nextBox?.x).toBeGreaterThan(previousBox?.x ?? 0);
  }, 60_000);

  it('goes by arrows wherever the keyboard is, and leaves keys with Alt or Control to the browser', async () => {
    const page = await openSecond();
    const next = page.getByRole('button', { name: 'Next photo' });
    await next.focus();
    for (const name of ['IMG_2.jpg', 'IMG_3.jpg']) {
      await page.keyboard.press('Enter');
      await shows(page, name);
    }
    await next.waitFor({ state: 'hidden' });

    await page.keyboard.press('ArrowLeft');
    await shows(page, 'IMG_2.jpg');
    for (const key of ['Control+ArrowLeft', 'Alt+ArrowLeft', 'Shift+ArrowLeft']) {
      await page.locator('darkroom-image .frame').press(key);
    }
    await page.keyboard.press('ArrowLeft');

    await shows(page, 'IMG_1.jpg');
  }, 60_000);
});
