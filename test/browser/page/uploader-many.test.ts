// The uploader with very many files: which are on their way, which are shown, and what it takes of the main thread to add them.
// The API that they are announced to never answers, so that none of them goes further.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { patienceMs, picture } from '../support/page.ts';
import { longestTaskMs } from '../support/tasks.ts';

const beside = besideGallery(10);

/** Browsers take a while to make files: that is no cost of adding them. */
const make = (page: Page, count: number) =>
  page.evaluate(`void (window.files = Array.from({ length: ${count} }, (_, index) =>
    new File([new Uint8Array(1000 + index)], index + '.jpg', { type: 'image/jpeg' })))`);
const add = (page: Page) => page.evaluate("document.querySelector('darkroom-uploader').add(window.files)");
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe.skipIf(!hasBrowser)('the uploader with many files (skipped where /usr/bin/chromium is not)', () => {
  it('takes a thousand files at once: some are on their way, some are shown, and all are counted once', async () => {
    const { page, asked } = await beside.openUnanswered();
    await make(page, 1000);

    await add(page);
    await add(page);

    await page.getByText('0 of 1000 ready').waitFor();
    await page.getByText('and 960 more').waitFor();
    await expect.poll(() => asked.length, { timeout: patienceMs }).toBe(4);
    expect(await page.getByRole('list', { name: 'Uploads' }).getByRole('listitem').count()).toBe(40);
    await picture(page, 'uploads-thousand');
    await button(page, 'Pause all').click();
    await button(page, 'Continue all').waitFor();
    expect(asked).toHaveLength(4);
  }, 180_000);

  it('adds five thousand files without a long task', async () => {
    const { page } = await beside.openUnanswered();
    await make(page, 5000);

    const longest = await longestTaskMs(page, async () => {
      await add(page);
      await page.getByText('0 of 5000 ready').waitFor();
    });

    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(50);
  }, 180_000);
});
