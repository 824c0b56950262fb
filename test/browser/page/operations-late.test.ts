// The operator's view while the laptop answers late, not at all, or with a problem: what went wrong is said for long enough to be
// read, and what is said of one image is said of no other. The laptop's answers are those of these tests.
import type { Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { DeadLetterGroup, TraceAnswer } from '../../../web/src/operations/answers.ts';
import { besideGallery } from '../support/beside-gallery.ts';
import { hasBrowser } from '../support/foreign-page.ts';

const beside = besideGallery(1);

const at = '2026-11-01T12:00:00.000Z';
const queue = (name: string, waiting = 0) => ({ name, waiting, inFlight: 0, delayed: 0 });
const queues = {
  ...{ stage: 'test', place: 'here', rejections: queue('rejections') },
  workers: [{ task: 'renditions', source: queue('source'), dlq: queue('dlq', 1) }],
};
const group: DeadLetterGroup = {
  ...{ queue: 'dlq', kind: 'dlq', task: 'renditions', code: 'internal', example: 'No.', messages: 1 },
  ...{ oldestAt: at, newestAt: at, imageCount: 0, images: [] },
};
const traceOf = (imageId: string): TraceAnswer => ({
  image: {
    ...{ imageId, fileName: `${imageId}.jpg`, status: 'failed', thumbnail: null, placeholder: null },
    ...{ createdAt: at, updatedAt: at, isAnnounced: true, tasks: [], original: null, renditionCount: 0 },
    ...{ putAside: [], next: { says: 'Redrive it.', command: null, canRedrive: true } },
  },
  timeline: [],
});
const problem = { status: 500, json: { code: 'failed', detail: 'The disk is full.' } };

/** @param answer to what the view asks below `/page/operations/` */
async function openView(hash: string, answer: (path: string, route: Route) => unknown): Promise<Page> {
  const { page } = await beside.open();
  await page.route('**/page/token', (route) => route.fulfill({ json: { token: 'token' } }));
  await page.route('**/page/operations/**', async (route) => {
    await answer(new URL(route.request().url()).pathname.slice('/page/operations/'.length), route);
  });
  await page.evaluate(`location.hash = '${hash}'`);
  return page;
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe.skipIf(!hasBrowser)('the operator’s view (skipped where /usr/bin/chromium is not)', () => {
  it('says why a redrive has failed until something else is done, although its counts go on', async () => {
    let looks = 0;
    const page = await openView('#/operations', (path, route) => {
      if (path === 'redrive') return route.fulfill(problem);
      if (path === 'queues') looks += 1;
      const deadLetters = { groups: [group], isComplete: true, maxMessages: 100, unseen: 0 };
      return route.fulfill({ json: path === 'queues' ? queues : deadLetters });
    });
    await button(page, 'Redrive this one').click();
    await button(page, 'Send back to work').click();
    await page.getByText('The disk is full.').waitFor();

    const before = looks;
    await expect.poll(() => looks, { timeout: 10_000 }).toBeGreaterThan(before + 1);

    expect(await page.getByText('The disk is full.').isVisible()).toBe(true);
  }, 60_000);

  it('shows a trace by itself once the laptop answers, and does not ask again for what there is none of', async () => {
    let asked = 0;
    const page = await openView('#/operations/images/one', (_path, route) => {
      asked += 1;
      if (asked === 1) return route.abort();
      if (asked === 2) return route.fulfill({ json: traceOf('one') });
      return route.fulfill({ status: 404, json: { code: 'not-found', detail: 'There is none.' } });
    });
    await page.getByText('This goes on by itself once it is.').waitFor();
    await page.getByRole('heading', { name: 'one.jpg' }).waitFor({ timeout: 10_000 });

    await page.evaluate("location.hash = '#/operations/images/two'");
    await page.getByText('There is none.').waitFor();
    await page.waitForTimeout(6000);
    expect(asked).toBe(3);
  }, 60_000);

  it('leaves the keyboard where it is while it looks, and leads it to what became of a redrive', async () => {
    let isHolding = false;
    const page = await openView('#/operations/images/one', (path, route) => {
      if (path === 'redrive') return route.fulfill({ json: { redriven: 1, kept: 0, vanished: 0, held: 0 } });
      return isHolding || route.fulfill({ json: traceOf('one') });
    });
    await button(page, 'Send back to work').press('Enter');
    await page.getByText('1 sent back to work.').and(page.locator(':focus')).waitFor({ timeout: 5000 });

    isHolding = true;
    await button(page, 'Refresh').press('Enter');
    await page.waitForTimeout(200);

    expect(await button(page, 'Refresh').and(page.locator(':focus')).count()).toBe(1);
  }, 60_000);

  it('says nothing of an image that was sent back to work while another one was looked at', async () => {
    const redriven: Route[] = [];
    const page = await openView('#/operations/images/one', (path, route) => {
      if (path === 'redrive') return redriven.push(route);
      return route.fulfill({ json: traceOf(path.split('/')[1] ?? '') });
    });
    await button(page, 'Send back to work').click();
    await expect.poll(() => redriven.length).toBe(1);
    await page.evaluate("location.hash = '#/operations/images/two'");
    await page.getByRole('heading', { name: 'two.jpg' }).waitFor();

    const answered = page.waitForResponse('**/redrive');
    await redriven[0]?.fulfill({ json: { redriven: 1, kept: 0, vanished: 0, held: 0 } });
    await answered;
    await page.waitForTimeout(200);

    expect(await page.getByText('1 sent back to work.').count()).toBe(0);
    expect(await button(page, 'Send back to work').isEnabled()).toBe(true);
  }, 60_000);
});
