// One image on a screen that is touched: taps look closer, swipes go to its neighbors, and whoever scrolls stays where they are.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { narrow } from '../support/page.ts';

const beside = besideGallery(4);

/** Where the finger begins, and how far each of its steps goes, in pixels. */
const ways = {
  left: [300, 100, -30, 0],
  right: [60, 100, 30, 0],
  up: [300, 100, 0, -20],
} as const;

/** A finger across the picture, as the browser is told of it. */
async function fingerOn(page: Page) {
  const cdp = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
  return async (way: keyof typeof ways) => {
    const [x, y, right, down] = ways[way];
    await touch('touchStart', { x, y });
    for (let step = 1; step < 5; step += 1)
      await touch('touchMove', { x: x + right * step, y: y + down * step });
    await touch('touchEnd');
  };
}

/** Opens the third of four photos, which is as wide as the screen. */
async function openThird() {
  const { page } = await beside.open({
    viewport: narrow,
    hasTouch: true,
    isMobile: true,
  });
  await page.getByAltText('IMG_2.jpg').tap();
  await page.locator('darkroom-image img.loaded').waitFor();
  const shows = (name: string) =>
    page.locator('darkroom-image-details').getByRole('heading', { name, exact: true }).waitFor();
  await shows('IMG_2.jpg');
  return { page, picture: page.locator('darkroom-image .frame'), swipe: await fingerOn(page), shows };
}

describe.skipIf(!hasBrowser)('one image, touched (skipped where /usr/bin/chromium is not)', () => {
  it('goes to the next photo and to the one before', async () => {
    const { swipe, shows } = await openThird();

    await swipe('left');
    await shows('IMG_3.jpg');
    await swipe('right');
    await shows('IMG_2.jpg');
    await swipe('right');
    await shows('IMG_1.jpg');
  }, 60_000);

  it('is looked at closer where it was touched, and swipes move about in it', async () => {
    const { page, picture, swipe, shows } = await openThird();

    await picture.tap({ position: { x: 300, y: 100 } });
    await page.getByRole('button', { name: 'Show the whole photo' }).waitFor();
    const across = await page.locator('darkroom-image .stage').evaluate(({ scrollLeft }) => scrollLeft);
    await swipe('left');
    await picture.tap();
    await page.getByRole('button', { name: 'Look closer' }).waitFor();
    await swipe('right');

    // Had the swipe to the left gone to the next photo, this one would have come back from there.
    await shows('IMG_1.jpg');
    expect(across).toBeGreaterThan(0);
  }, 60_000);

  it('stays when the page was enlarged by two fingers, and one of them moves about in it', async () => {
    const { page, swipe, shows } = await openThird();
    const cdp = await page.context().newCDPSession(page);
    const enlarge = async (pageScaleFactor: number) => {
      await cdp.send('Emulation.setPageScaleFactor', { pageScaleFactor });
      await expect.poll(() => page.evaluate('visualViewport.scale')).toBe(pageScaleFactor);
    };

    await enlarge(2);
    await swipe('left');
    await expect.poll(() => page.evaluate('visualViewport.pageLeft')).toBeGreaterThan(0);
    await enlarge(1);
    await swipe('right');

    // Had the swipe to the left gone to the next photo, this one would have come back from there.
    await shows('IMG_1.jpg');
  }, 60_000);

  it('is scrolled to what is known of it, and stays the same photo', async () => {
    const { page, swipe, shows } = await openThird();
    const dialog = page.locator('darkroom-image dialog').first();

    await swipe('up');
    await expect.poll(() => dialog.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    await dialog.evaluate((scrolled) => scrolled.scrollTo(0, 0));
    await swipe('right');

    await shows('IMG_1.jpg');
  }, 60_000);
});
