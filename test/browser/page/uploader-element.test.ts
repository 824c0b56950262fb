// The uploader as an element of a page that does other things as well: it is put in and taken out, given files early, told of
// another account, and meets other tabs. The API that its files are announced to answers only once that is said.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';

const beside = besideGallery(10);

const uploader = "document.querySelector('darkroom-uploader')";
const file = (name: string, bytes = 10) =>
  `new File([new Uint8Array(${bytes})], '${name}', { type: 'image/jpeg', lastModified: 1 })`;
const add = (page: Page, ...files: string[]) => page.evaluate(`${uploader}.add([${files.join()}])`);
const rows = (page: Page) => page.getByRole('list', { name: 'Uploads' }).getByRole('listitem');
const warnsOfLeaving = (page: Page) =>
  page.evaluate<boolean>(`!dispatchEvent(new Event('beforeunload', { cancelable: true }))`);

describe.skipIf(!hasBrowser)('the uploader (skipped where /usr/bin/chromium is not)', () => {
  it('takes files although another tab is open that was signed in when somebody signed out', async () => {
    const { page: other } = await beside.openUnanswered();
    const page = await other.context().newPage();
    await page.goto(beside.gallery.url);
    await page.evaluate("void indexedDB.deleteDatabase('darkroom-uploads')");
    await page.reload();
    await page.locator('#choose').waitFor({ state: 'attached' });

    await add(page, file('a.jpg'));

    await rows(page).filter({ hasText: 'a.jpg' }).waitFor({ timeout: 5000 });
  }, 60_000);

  it('goes on without a word while it is out of the page, and warns only as long as something is to be sent', async () => {
    const { page, complaints, asked } = await beside.openUnanswered();
    await add(page, file('a.jpg'));
    await expect.poll(() => asked.length).toBe(1);
    expect(await warnsOfLeaving(page)).toBe(true);

    await page.evaluate(`${uploader}.remove()`);
    await asked[0]?.fulfill({ status: 400, json: { code: 'invalid-request', detail: 'No.' } });

    await expect.poll(() => warnsOfLeaving(page)).toBe(false);
    expect(complaints.filter((complaint) => !complaint.includes('400'))).toEqual([]);
  }, 60_000);

  it('takes files as soon as it is there', async () => {
    const { page } = await beside.openUnanswered();

    await page.evaluate(`(() => {
      const { darkroom } = ${uploader};
      ${uploader}.remove();
      const early = Object.assign(document.createElement('darkroom-uploader'), { darkroom });
      document.body.append(early);
      early.add([${file('early.jpg')}]);
    })()`);

    await rows(page).filter({ hasText: 'early.jpg' }).waitFor({ timeout: 5000 });
  }, 60_000);

  it('asks for no drop any more when it was out of the page meanwhile', async () => {
    const { page } = await beside.openUnanswered();
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(${file('a.jpg')});
      document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    const invitation = page.getByText('Drop anywhere to upload');
    await invitation.waitFor();

    await page.evaluate(`(() => {
      const element = ${uploader};
      const { parentElement } = element;
      element.remove();
      parentElement.prepend(element);
      element.requestUpdate();
      return element.updateComplete;
    })()`);

    expect(await invitation.isVisible()).toBe(false);
  }, 60_000);

  it('takes what is pasted, unless another part of the page does', async () => {
    const { page } = await beside.openUnanswered();
    const paste = (name: string) =>
      page.evaluate(`(() => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(${file(name)});
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      })()`);

    await page.evaluate(
      "document.body.addEventListener('paste', (event) => event.preventDefault(), { once: true })",
    );
    await paste('taken.jpg');
    await paste('ours.jpg');

    await rows(page).filter({ hasText: 'ours.jpg' }).waitFor();
    expect(await rows(page).count()).toBe(1);
  }, 60_000);

  it('says that there is no room, and not that too much was asked for', async () => {
    const { page, asked } = await beside.openUnanswered();
    await add(page, file('a.jpg'));
    await expect.poll(() => asked.length).toBe(1);

    const json = { code: 'quota-exceeded', detail: '10 of 10 images.' };
    await asked[0]?.fulfill({ status: 429, headers: { 'retry-after': '60' }, json });

    await rows(page)
      .getByText(/There is no room for more photos: tries again in \d\d s/)
      .waitFor({ timeout: 5000 });
  }, 60_000);

  it('leads whoever uses the keyboard to what takes the place of a button', async () => {
    const { page, asked } = await beside.openUnanswered();
    await add(page, file('a.jpg', 10), file('b.jpg', 11), file('c.jpg', 12));
    await expect.poll(() => asked.length).toBe(3);
    const focused = () =>
      page.evaluate<string>(`(({ ariaLabel, textContent, id }) => ariaLabel || textContent?.trim() || id)(
        ${uploader}.shadowRoot.activeElement ?? { id: 'nothing' })`);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');

    await press('Pause: a.jpg');
    await expect.poll(focused).toBe('Continue: a.jpg');
    await press('Continue: a.jpg');
    await expect.poll(focused).toBe('Pause: a.jpg');
    await press('Cancel: b.jpg');
    await expect.poll(focused).toBe('Pause: c.jpg');
    await press('Cancel: c.jpg');
    await expect.poll(focused).toBe('Pause: a.jpg');
    await press('Pause all');
    await expect.poll(focused).toBe('Continue all');
    await press('Cancel: a.jpg');
    await expect.poll(focused).toBe('choose');
  }, 60_000);

  it('leads nobody to a button that cancels, when the one before is gone by itself', async () => {
    const { page, asked } = await beside.openUnanswered();
    await add(page, file('a.jpg'));
    await expect.poll(() => asked.length).toBe(1);
    await page.getByRole('button', { name: 'Pause: a.jpg' }).focus();

    await asked[0]?.fulfill({ status: 400, json: { code: 'invalid-request', detail: 'No.' } });

    await rows(page).filter({ hasText: 'No.' }).and(page.locator(':focus')).waitFor({ timeout: 5000 });
  }, 60_000);

  it('does not depend on what a browser tells of its storage', async () => {
    const { page, complaints } = await beside.openUnanswered();
    await page.evaluate("navigator.storage.estimate = () => Promise.reject(new Error('Not here.'))");

    await add(page, file('a.jpg'));

    await rows(page).first().waitFor();
    await page.waitForTimeout(500);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('asks nothing for a file that is empty, however often it is chosen', async () => {
    const { page, asked } = await beside.openUnanswered();
    for (let time = 0; time < 2; time += 1) {
      await add(page, file('empty.jpg', 0), file('a.jpg', 10 + time));
      await rows(page)
        .nth(time + 1)
        .waitFor();
    }
    await expect.poll(() => asked.length).toBe(2);

    expect(await rows(page).filter({ hasText: 'The file is empty.' }).count()).toBe(1);
    expect(asked.map((route) => route.request().postDataJSON().contentLength)).toEqual([10, 11]);
  }, 60_000);

  it('shows what is of one account to nobody else, and goes on with it for the same one', async () => {
    const { page, asked } = await beside.openUnanswered();
    const become = (account: string) => page.evaluate(`void (${uploader}.account = '${account}')`);
    await become('Ada');
    await add(page, file('a.jpg'));
    await expect.poll(() => asked.length).toBe(1);

    await become('Grace');
    await rows(page).first().waitFor({ state: 'detached' });
    await add(page, file('b.jpg'));
    await rows(page).filter({ hasText: 'b.jpg' }).waitFor();
    await become('Ada');

    await rows(page).filter({ hasText: 'a.jpg' }).waitFor({ timeout: 5000 });
    expect(await rows(page).count()).toBe(1);
    await expect.poll(() => asked.length).toBe(3);
  }, 60_000);

  it('stands where it belongs in a page that is read from right to left, as do the photos', async () => {
    const { page, asked } = await beside.openUnanswered();
    await page.evaluate("document.dir = 'rtl'");
    await add(page, file('a.jpg'));
    await expect.poll(() => asked.length).toBe(1);
    const boxOf = async (selector: string) =>
      (await page.locator(selector).first().boundingBox()) ?? { x: 0, width: 0 };

    const bar = await boxOf('darkroom-uploader li progress');
    const thumb = await boxOf('darkroom-uploader .thumb');
    const photos = await boxOf('darkroom-gallery .photos');
    const photo = await boxOf('darkroom-gallery .photo');

    expect(bar.x + bar.width).toBeLessThanOrEqual(thumb.x);
    expect(photo.x).toBeGreaterThanOrEqual(photos.x);
    expect(photo.x + photo.width).toBeLessThanOrEqual(photos.x + photos.width);
  }, 60_000);
});
