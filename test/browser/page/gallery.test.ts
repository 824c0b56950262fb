// The gallery in windows of all kinds: resized, with scrollbars that take room, in the background, and where nothing is to move.
import { chromium, type Page } from 'playwright-core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { besideGallery } from '../support/beside-gallery.ts';
import { executablePath, hasBrowser } from '../support/foreign-page.ts';
import { generatedImage } from '../support/generated-gallery.ts';
import { openPage, wide } from '../support/page.ts';

const count = 80;
const shadow = "document.querySelector('darkroom-gallery').shadowRoot";

const beside = besideGallery(count);
beforeEach(() => {
  beside.gallery?.images.splice(0, beside.gallery.images.length - count);
});

const loaded = (page: Page) => page.locator('darkroom-gallery img.loaded').first().waitFor();
/** How far below the upper edge of the window its last photo ends. */
const lastEdge = (page: Page) =>
  page.evaluate<number>(
    `Math.max(...[...${shadow}.querySelectorAll('.photo')].map((photo) => photo.getBoundingClientRect().bottom))`,
  );

/** What is animated within. */
const moves = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.getAnimations({ subtree: true }).length);

describe.skipIf(!hasBrowser)('the gallery (skipped where /usr/bin/chromium is not)', () => {
  it('fills a window that has become higher', async () => {
    const { page } = await beside.open({ viewport: { width: 1280, height: 300 } });
    await loaded(page);

    await page.setViewportSize({ width: 1280, height: 1400 });

    await expect.poll(() => lastEdge(page), { timeout: 5000 }).toBeGreaterThan(1400);
  }, 60_000);

  it('is as wide beneath one image as before, where scrollbars take room', async () => {
    const withScrollbars = await chromium.launch({
      ...{ executablePath, args: ['--no-sandbox'], ignoreDefaultArgs: ['--hide-scrollbars'] },
    });
    onTestFinished(() => withScrollbars.close());
    const { page } = await openPage(withScrollbars, beside.gallery.url);
    await loaded(page);
    const width = () => page.evaluate<number>("document.querySelector('darkroom-gallery').clientWidth");
    const before = await width();

    await page.getByAltText('IMG_0.jpg').click();
    await page.locator('darkroom-image img.loaded').waitFor();

    expect(await width()).toBe(before);
  }, 60_000);

  it.each([
    ['closes one', (page: Page) => page.keyboard.press('Escape')],
    ['goes back', (page: Page) => page.goBack()],
  ])(
    'is where somebody stands who went from photo to photo and %s',
    async (_way, leave) => {
      const { page } = await beside.open();
      await loaded(page);
      await page.getByAltText('IMG_0.jpg').click();
      const shows = (index: number) =>
        page
          .locator('darkroom-image-details')
          .getByRole('heading', { name: `IMG_${index}.jpg` })
          .waitFor();
      await shows(0);
      for (let step = 1; step < 50; step += 1) {
        await page.keyboard.press('ArrowRight');
        await shows(step);
      }

      await leave(page);

      const focused = `${shadow}.activeElement`;
      await expect
        .poll(() => page.evaluate(`${focused}?.querySelector('img')?.alt`), { timeout: 5000 })
        .toBe('IMG_49.jpg');
      const { top, bottom } = await page.evaluate<{ top: number; bottom: number }>(
        `${focused}.getBoundingClientRect().toJSON()`,
      );
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(wide.height);
    },
    60_000,
  );

  it('follows nothing in a tab that is in the background', async () => {
    const developing = generatedImage(-1, 'processing');
    const { imageId } = developing;
    beside.gallery.images.unshift(developing);
    const { page } = await beside.open();
    await page.getByText('Developing').waitFor();
    const follows = () =>
      beside.gallery.requests.filter((path) => path.startsWith(`/images/${imageId}`)).length;
    await expect.poll(follows).toBeGreaterThan(0);

    await page.evaluate(`Object.defineProperty(document, 'hidden', { value: true });
      document.dispatchEvent(new Event('visibilitychange'));
      scrollBy(0, 50)`);
    await page.waitForTimeout(500);
    const before = follows();
    await page.waitForTimeout(1500);

    expect(follows()).toBe(before);
  }, 60_000);

  it('moves nothing for whoever wants nothing to move, large or small', async () => {
    const still = generatedImage(-1);
    const { width, height } = still.metadata ?? { width: 1, height: 1 };
    const rendition = (variant: string, format: 'webp' | 'jpeg', frames: number) => ({
      ...{ variant, format, frames, contentType: `image/${format}`, bytes: 1000, width, height },
    });
    const renditions = [rendition('moving', 'webp', 5), rendition('still', 'jpeg', 1)];
    beside.gallery.images.unshift({ ...generatedImage(-2, 'processing'), placeholder: still.placeholder });
    beside.gallery.images.unshift({ ...still, renditions });
    const { page } = await beside.open({ reducedMotion: 'reduce' });
    await loaded(page);
    const source = (where: string) =>
      page
        .locator(`${where} img.loaded[alt="IMG_-1.jpg"]`)
        .evaluate((image) => String(Reflect.get(image, 'currentSrc')));

    expect(await source('darkroom-gallery')).toContain('/still.');
    expect(await moves(page, 'darkroom-gallery .photos')).toBe(0);
    await page.getByAltText('IMG_-1.jpg').click();
    expect(await source('darkroom-image')).toContain('/still.');

    const queue = (name: string) => ({ name, waiting: 1, inFlight: 1, delayed: 0 });
    const workers = [{ task: 'renditions', source: queue('source'), dlq: queue('dlq') }];
    await page.route('**/page/token', (route) => route.fulfill({ json: { token: 'token' } }));
    await page.route('**/page/operations/queues', (route) =>
      route.fulfill({ json: { stage: 'test', place: 'here', workers, rejections: queue('rejections') } }),
    );
    await page.evaluate("location.hash = '#/operations'");
    await page.locator('darkroom-overview .busy').waitFor();
    expect(await moves(page, 'darkroom-overview .pipeline')).toBe(0);
  }, 60_000);
});
