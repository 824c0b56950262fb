// The gallery with very many photos: what it takes of the page and of the main thread, and what stays where it is. The API that
// they come from is generated: 100,000 images, of which 20,000 are scrolled through; DARKROOM_GALLERY_PHOTOS says another number.
import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faultIn } from '../../api/support/documented.ts';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { generatedImage } from '../support/generated-gallery.ts';
import { picture, wide } from '../support/page.ts';
import { shiftsOf, watchShifts } from '../support/shifts.ts';

const count = 100_000;
const scrolled = Number(process.env['DARKROOM_GALLERY_PHOTOS'] ?? 20_000);
const shadow = "document.querySelector('darkroom-gallery').shadowRoot";

const beside = besideGallery(count);

const loaded = (page: Page) => page.locator('darkroom-gallery img.loaded').first().waitFor();
/** Names of the photos that the window shows, and how far each is from its upper edge. */
const places = (page: Page) =>
  page.evaluate(`Object.fromEntries([...${shadow}.querySelectorAll('.photo')]
    .map((photo) => [photo.querySelector('img')?.alt, Math.round(photo.getBoundingClientRect().top)])
    .filter(([, top]) => top > 0 && top < innerHeight))`) as Promise<Record<string, number>>;
/** The page looks again, as after the tab was in the background. */
const lookAgain = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
const settledFrames = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`;

/** Goes on to the end as soon as it is further down, in a window so small that it takes little to draw. */
async function scrollThrough(page: Page, photos: number): Promise<void> {
  await page.setViewportSize({ width: 360, height: 150 });
  await page.evaluate(`new Promise((done) => {
    const gallery = document.querySelector('darkroom-gallery');
    const follow = (_, observer) => {
      const last = Math.max(...[...${shadow}.querySelectorAll('.photo')].map(({ ariaPosInSet }) => Number(ariaPosInSet)));
      const isThere = last >= ${photos - 100};
      if (isThere) observer.disconnect(), done();
      else scrollTo(0, gallery.offsetTop + gallery.offsetHeight);
    };
    new ResizeObserver(follow).observe(gallery);
  })`);
  await page.setViewportSize(wide);
  await page.evaluate(settledFrames);
}

/** What a step of scrolling takes of the main thread, in milliseconds of CPU: what else runs on the machine does not count. */
async function costOfSteps(page: Page, cdp: CDPSession): Promise<readonly number[]> {
  const spent = async () =>
    (await cdp.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ??
    0;
  const costs: number[] = [];
  for (let step = 0; step < 30; step += 1) {
    const before = await spent();
    await page.evaluate(`scrollBy(0, ${step % 6 < 3 ? -600 : 600}), ${settledFrames}`);
    costs.push(((await spent()) - before) * 1000);
  }
  return costs.toSorted((one, other) => one - other);
}
const share = (sorted: readonly number[], part: number) => sorted[Math.floor(sorted.length * part)] as number;

describe.skipIf(!hasBrowser)('a gallery of 100,000 photos (skipped where /usr/bin/chromium is not)', () => {
  it('comes from an API that answers what the documented one could', () => {
    const images = [generatedImage(0), generatedImage(1, 'processing')];
    expect(faultIn({ images, nextCursor: null }, 'components', 'schemas', 'ImagePage')).toBeUndefined();
  });

  it('is as light far down as at its beginning', async () => {
    const { page, complaints } = await beside.open();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await loaded(page);
    // Where it goes up and down as far down.
    await page.evaluate(`scrollTo(0, 8000), ${settledFrames}`);
    await costOfSteps(page, cdp);
    const first = await costOfSteps(page, cdp);

    await scrollThrough(page, scrolled);
    await costOfSteps(page, cdp);
    const far = await costOfSteps(page, cdp);

    await picture(page, 'many');
    const nodes = (await page.evaluate(`${shadow}.querySelectorAll('*').length`)) as number;
    expect(nodes).toBeGreaterThan(50);
    expect(nodes).toBeLessThan(800);
    expect(share(far, 0.9)).toBeLessThan(50);
    expect(share(far, 0.5)).toBeLessThan(2 * share(first, 0.5) + 5);
    expect(complaints).toEqual([]);
  }, 300_000);

  it('lets new photos wait for whoever looks further down, and nothing moves', async () => {
    const { page } = await beside.open();
    await loaded(page);
    await page.evaluate(`scrollTo(0, 4000), ${settledFrames}`);
    await page.locator('darkroom-gallery img.loaded').first().waitFor();
    const before = await places(page);

    beside.gallery.images.unshift(generatedImage(-2), generatedImage(-1));
    await lookAgain(page);
    await page.getByRole('button', { name: '2 new photos' }).waitFor();

    expect(Object.keys(before).length).toBeGreaterThan(5);
    expect(await places(page)).toEqual(before);
    await page.getByRole('button', { name: '2 new photos' }).click();
    await expect.poll(async () => Object.keys(await places(page))[0]).toBe('IMG_-2.jpg');
    expect(await page.evaluate(`${shadow}.activeElement.querySelector('img').alt`)).toBe('IMG_-2.jpg');
  }, 60_000);

  it('shifts nothing while a photo develops, and follows it until it is ready', async () => {
    const { page } = await beside.open();
    await loaded(page);
    await watchShifts(page);

    beside.gallery.images.unshift(generatedImage(-3, 'processing'));
    await lookAgain(page);
    await page.getByText('Developing').waitFor();
    beside.gallery.images[0] = { ...generatedImage(-3), updatedAt: '2026-11-02T00:00:00.000Z' };
    await page.getByAltText('IMG_-3.jpg').waitFor();
    await page.evaluate(settledFrames);

    expect(await shiftsOf(page)).toBeLessThan(0.02);
  }, 60_000);

  it('asks for a picture again whose URL has run out', async () => {
    const { page } = await beside.open();
    await loaded(page);
    beside.gallery.runOut();
    await page.evaluate(`scrollTo(0, 3000), ${settledFrames}`);

    const inView = `[...${shadow}.querySelectorAll('img')].filter((image) => {
      const { top, bottom } = image.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    })`;
    await expect
      .poll(() => page.evaluate(`${inView}.every(({ classList }) => classList.contains('loaded'))`), {
        timeout: 20_000,
      })
      .toBe(true);
  }, 60_000);

  it('goes by the keyboard from photo to photo, opens one, and comes back to it', async () => {
    const { page } = await beside.open();
    await loaded(page);
    const focused = async () =>
      Number(await page.evaluate(`${shadow}.activeElement?.closest('.photo')?.ariaPosInSet`));
    await page.getByRole('radio', { name: 'All' }).focus();

    const reaches = (key: string) => page.keyboard.press(key).then(() => expect.poll(focused));
    await (await reaches('Tab')).toBe(1);
    await (await reaches('ArrowRight')).toBe(2);
    await (await reaches('ArrowDown')).toBeGreaterThan(3);
    await (await reaches('ArrowUp')).toBeLessThan(4);
    await (await reaches('End')).toBeGreaterThan(90);
    await (await reaches('Home')).toBe(1);

    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe(1);
  }, 60_000);

  it('is where it was after the operator’s view', async () => {
    const { page } = await beside.open();
    await loaded(page);
    await page.evaluate(`scrollTo(0, 2500), ${settledFrames}`);
    const before = await page.evaluate('scrollY');

    await page.evaluate("location.hash = '#/operations'");
    await page.locator('darkroom-operations').waitFor();
    await page.evaluate("location.hash = '#/'");

    await expect.poll(() => page.evaluate('scrollY')).toBe(before);
  }, 60_000);

  it('says what there is none of, what went wrong, and tries again', async () => {
    const { page } = await beside.open();
    await loaded(page);
    beside.gallery.isBroken = true;
    await page.getByText('Failed', { exact: true }).click();
    await page.getByText('The photos could not be loaded.').waitFor();
    await picture(page, 'many-broken');

    beside.gallery.isBroken = false;
    await page.getByRole('button', { name: 'Try again' }).click();

    await page.getByText('Nothing has failed.').waitFor({ timeout: 60_000 });
  }, 120_000);
});
