// One image as a person looks at it: what is known of it is what the API says, and what can be done with it is done. What
// strangers wrote into a file, or as its name, stays text.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Image } from '../../../client/src/client.ts';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { launchBrowser, narrow, openPage, picture, plainPhoto } from '../support/page.ts';

const hostileText = '<img src=x onerror=alert(1)>';
const hostileName = `${hostileText}.jpg`;

let folder: string;
let stack: RunningStack;
let browser: Browser;
const images: Record<'hostile' | 'lake' | 'tree' | 'broken', Image> = Object.create(null);

/** With a camera and a place, the camera's name chosen by a stranger. */
async function hostilePhoto(): Promise<Buffer> {
  const photo = sharp({ create: { width: 900, height: 600, channels: 3, background: '#6b5a3b' } });
  const exif = {
    IFD0: { Make: hostileText, Model: hostileText },
    IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', LensModel: hostileText },
    IFD3: {
      ...{ GPSLatitudeRef: 'N', GPSLatitude: '52/1 30/1 0/1', GPSLongitudeRef: 'E' },
      ...{ GPSLongitude: '13/1 24/1 0/1' },
    },
  };
  return photo.withExif(exif).jpeg().toBuffer();
}

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-image-'));
  [stack, browser] = await Promise.all([startStack({ folder }), launchBrowser()]);
  const store = (bytes: Buffer, fileName: string) =>
    stack.client.upload(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), { fileName });
  const plain = async (name: string, color: string) =>
    store((await plainPhoto(name, 1200, 800, color)).buffer, name);
  const halved = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
  images.lake = await plain('a lake.jpg', '#3b6a84');
  images.tree = await plain('a tree.jpg', '#4f6b3a');
  images.hostile = await store(await hostilePhoto(), hostileName);
  const broken = await store(halved(await hostilePhoto()), 'broken.jpg').catch(({ image }) => image);
  images.broken = broken as Image;
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

const address = ({ imageId }: Image) => `${stack.api}/#/images/${imageId}`;
const details = (page: Page) => page.locator('darkroom-image-details');
const fact = (page: Page, term: string) =>
  details(page)
    .locator('dl > div')
    .filter({ has: page.locator(`dt:text-is("${term}")`) })
    .locator('dd');

/** Whatever axe finds, in the page and in all its components. */
async function faults(page: Page): Promise<readonly string[]> {
  // Transitions halfway are no colors that anybody reads.
  await page.waitForTimeout(400);
  return accessibilityFaults(page);
}

describe.skipIf(!hasBrowser)('one image (skipped where /usr/bin/chromium is not)', () => {
  it('shows what the API says of it, and what strangers wrote as text', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    await page.getByAltText(hostileName).click();
    await page.locator('darkroom-image img.loaded').waitFor();
    const image = await stack.client.images.get(images.hostile.imageId);

    expect(await details(page).getByRole('heading', { level: 2 }).first().textContent()).toBe(hostileName);
    expect(await fact(page, 'Camera').textContent()).toBe(hostileText);
    expect(await fact(page, 'Lens').textContent()).toBe(hostileText);
    expect(await fact(page, 'Taken').textContent()).toBe('May 6, 2024, 07:08');
    expect(await fact(page, 'Size').textContent()).toBe('900 × 600 · 0.5 megapixels');
    expect(await fact(page, 'Color').textContent()).toBe(image.placeholder?.dominantColor);
    expect(await fact(page, 'Perceptual hash').textContent()).toBe(image.perceptualHash);
    expect(await fact(page, 'Place').textContent()).toContain('52.500000, 13.400000');
    const map = page.getByRole('link', { name: 'Show on OpenStreetMap' });
    expect(await map.getAttribute('href')).toMatch(
      /^https:\/\/www\.openstreetmap\.org\/\?mlat=52\.5&mlon=13\.4#/,
    );
    expect(await map.getAttribute('rel')).toBe('noreferrer noopener');
    expect(await details(page).getByRole('listitem').count()).toBe(image.renditions.length);
    expect(await details(page).locator('img').count()).toBe(0);
    await picture(page, 'image');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('copies URLs and HTML, and saves the original under its name', async () => {
    const { page } = await openPage(browser, address(images.hostile), {
      permissions: ['clipboard-read', 'clipboard-write'],
      acceptDownloads: true,
    });
    await page.getByRole('button', { name: 'Copy URL of large, WebP' }).click();
    await page.getByText('URL copied.').waitFor();
    const url = (await page.evaluate('navigator.clipboard.readText()')) as string;
    expect((await fetch(url)).headers.get('content-type')).toBe('image/webp');

    await page.getByText('HTML for another page').click();
    await page.getByRole('button', { name: 'Copy HTML' }).click();
    await page.getByText('HTML for another page copied.').waitFor();
    const html = (await page.evaluate('navigator.clipboard.readText()')) as string;
    const { document } = parseHTML(`<html><body>${html}</body></html>`);
    const image = document.querySelector('picture > img');
    expect(document.querySelectorAll('body *').length).toBe(4);
    expect([image?.getAttribute('alt'), image?.hasAttribute('onerror')]).toEqual([hostileName, false]);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download original' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/onerror=alert\(1\).*\.jpg$/);
  }, 60_000);

  it('does again what is asked for, and says how that goes', async () => {
    const { page } = await openPage(browser, address(images.broken));
    await page.getByText('Copy it from where it came from once more').waitFor();
    expect(await details(page).getByText('corrupt-image').isVisible()).toBe(false);
    await details(page).getByText('Code', { exact: true }).click();
    expect(await details(page).getByText('corrupt-image').isVisible()).toBe(true);
    await picture(page, 'image-rejected');

    await page.getByRole('button', { name: 'Develop again' }).click();

    await page.getByText('It is being developed again.').waitFor();
    await details(page).getByText('Not accepted').waitFor({ timeout: 60_000 });
  }, 90_000);

  it('is gone through, deleted and left by the keyboard alone', async () => {
    const { page, complaints } = await openPage(browser, stack.api);
    const heading = (name: string) => details(page).getByRole('heading', { name, exact: true });
    const focused = () =>
      page.evaluate(
        `document.querySelector('darkroom-gallery').shadowRoot.activeElement?.querySelector('img, .name')?.closest('a').textContent.trim()`,
      ) as Promise<string | undefined>;
    await page.getByAltText(hostileName).waitFor();
    await page.getByRole('radio', { name: 'All' }).focus();
    // Broken is the newest, then come the hostile one, the tree and the lake.
    for (const key of ['Tab', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    await heading(hostileName).waitFor();
    await page.keyboard.press('ArrowRight');
    await heading('a tree.jpg').waitFor();

    await page.getByRole('button', { name: 'Delete', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Delete “a tree.jpg”?' }).waitFor();
    await picture(page, 'image-deletion');
    // The way out has the focus.
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Delete “a tree.jpg”?' }).waitFor({ state: 'hidden' });
    expect(await stack.client.images.get(images.tree.imageId)).toMatchObject({ status: 'ready' });

    for (const key of ['Enter', 'Tab', 'Enter']) await page.keyboard.press(key);
    await page.locator('darkroom-image').waitFor({ state: 'detached' });
    await expect.poll(focused).toContain('a lake.jpg');
    expect(await page.getByAltText('a tree.jpg').count()).toBe(0);
    await expect(stack.client.images.get(images.tree.imageId)).rejects.toMatchObject({ status: 404 });

    await page.keyboard.press('Enter');
    await heading('a lake.jpg').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toContain('a lake.jpg');
    expect(complaints).toEqual([]);
  }, 90_000);

  it('says where there is none, and leads back', async () => {
    const { page } = await openPage(browser, `${stack.api}/#/images/0197a3c4-7b1e-7c2d-8f3a-5d2e9b7c1a40`);
    await page.getByText('This photo is not here.').waitFor();

    await page.getByRole('button', { name: 'Back to the photos' }).click();

    await page.locator('darkroom-image').waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#/');
  }, 60_000);

  it.each([
    ['light', undefined],
    ['dark', narrow],
  ] as const)(
    'has nothing that axe finds, %s',
    async (colorScheme, viewport) => {
      const options = { colorScheme, ...(viewport && { viewport }) };
      const { page } = await openPage(browser, stack.api, options);
      await page.locator('darkroom-gallery img.loaded').first().waitFor();
      expect(await faults(page)).toEqual([]);

      await page.goto(address(images.hostile));
      await page.locator('darkroom-image img.loaded').waitFor();
      await page.getByText('HTML for another page').click();
      expect(await faults(page)).toEqual([]);
      const overflow = `document.querySelector('darkroom-image').shadowRoot.querySelector('dialog')`;
      expect(await page.evaluate(`${overflow}.scrollWidth - ${overflow}.clientWidth`)).toBe(0);
      await picture(page, `image-${colorScheme}`);

      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      expect(await faults(page)).toEqual([]);
    },
    90_000,
  );
});
