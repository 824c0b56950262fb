// The operator's view of the laptop as a person uses it: real failures are counted and explained, sent back to work and traced,
// and no page but the laptop's own sees or does any of it.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishCommand } from '@aws-sdk/client-sns';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { approximateCounts } from '../../../scripts/dlq/receive.ts';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { createdNotification, lowestSequencer } from '../../../shared/domain/events/s3-notification.ts';
import { originalKey } from '../../../shared/domain/object-keys.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { accessibilityFaults } from '../support/accessibility.ts';
import { hasBrowser, openForeignPage } from '../support/foreign-page.ts';
import { launchBrowser, narrow, openPage, patienceMs, picture, plainPhoto, wide } from '../support/page.ts';

let folder: string;
let stack: RunningStack;
let browser: Browser;
/** The last of the files that are no pictures. */
let rejected: string;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-operations-page-'));
  [stack, browser] = await Promise.all([startStack({ folder }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  if (folder) await removeStackFolder(folder);
});

const overview = () => `${stack.api}/#/operations`;
const trace = (imageId: string) => `${stack.api}/#/operations/images/${imageId}`;
const card = (page: Page, title: string) => page.locator('.groups > li').filter({ hasText: title });
const redriveButton = (page: Page, title: string) => card(page, title).getByRole('button');

/** Two files that are no pictures, a message that is no notification, and one in a DLQ of an image that is ready. */
async function makeFailures(): Promise<void> {
  const { clients, uploadsTopicArn, originalsBucket, queues } = stack.stage;
  const { buffer } = await plainPhoto('a lake.jpg', 900, 600, '#3b6a84');
  const ready = await stack.client.upload(buffer, { fileName: 'a lake.jpg' });
  // One after the other: whoever needs a second instance of a worker waits for its start.
  for (const fileName of ['more notes.jpg', 'notes.jpg']) {
    rejected = await stack.client.uploads.store(Buffer.from(fileName.repeat(40)), { fileName });
    for await (const { status } of stack.client.watch(rejected)) if (status === 'rejected') break;
  }
  await clients.sns.send(new PublishCommand({ TopicArn: uploadsTopicArn, Message: 'not json' }));
  const object = { bucket: originalsBucket, key: originalKey(ready.imageId), eTag: '0', bytes: 5 };
  const dlq = queues.find(({ task }) => task === 'metadata')?.dlq;
  await clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: dlq?.url,
      MessageBody: createdNotification(object, lowestSequencer, new Date()),
    }),
  );
}

/** What nobody but the laptop's own page may change. */
async function putAside(): Promise<number[]> {
  const { clients, queues, rejections } = stack.stage;
  const stores = [...queues.map(({ dlq }) => dlq), rejections];
  const counts = await Promise.all(stores.map((store) => approximateCounts(clients.sqs, store)));
  return counts.map(({ visible, inFlight }) => visible + inFlight);
}

describe.skipIf(!hasBrowser)('the operator’s view (skipped where /usr/bin/chromium is not)', () => {
  it('says that all is well, then counts and explains what was put aside as it comes', async () => {
    const { page, complaints } = await openPage(browser, overview());
    await page.getByText('All is well. Nothing was put aside.').waitFor();
    await picture(page, 'operations-well');

    await makeFailures();

    await page.getByText('The system failed at 3 messages').waitFor({ timeout: patienceMs });
    await page.getByText('2 files were not accepted').waitFor();
    const unsupported = card(page, 'Files of a kind that is not accepted');
    await expect
      .poll(() => unsupported.innerText())
      .toMatch(/2[\s\S]*unsupported-format in darkroom-test-rejections/);
    expect(await unsupported.getByRole('link').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringContaining('more notes.jpg')]),
    );
    // Counts come first, then what they are about.
    await card(page, 'malformed-message in darkroom-test-renditions-dlq').waitFor();
    const thumbnail = card(page, 'Neither the message nor a record tells why').locator('img');
    await expect
      .poll(() => thumbnail.evaluate((image) => Reflect.get(image, 'naturalWidth')))
      .toBeGreaterThan(0);
    await picture(page, 'operations');
    expect(complaints).toEqual([]);
  }, 180_000);

  it('sends a reason back to work once that is confirmed, by keyboard, and says what became of it', async () => {
    const { page, complaints } = await openPage(browser, overview());
    const title = 'Neither the message nor a record tells why';
    await redriveButton(page, title).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await picture(page, 'operations-redrive');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await putAside()).toEqual([1, 2, 2]);

    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send back to work' }).focus();
    await page.keyboard.press('Enter');

    await page.getByText('1 sent back to work.').waitFor();
    await expect.poll(() => card(page, title).count(), { timeout: patienceMs }).toBe(0);
    expect(await putAside()).toEqual([1, 1, 2]);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('traces an image from its card, in the order of time', async () => {
    const { page, complaints } = await openPage(browser, overview());
    await page.getByRole('link', { name: 'Trace of notes.jpg' }).click();
    const lines = page.getByRole('list', { name: 'What happened, in the order of time' }).locator('> li');
    await lines.first().waitFor();

    const titles = await lines.locator('h3').allInnerTexts();
    const times = await lines
      .locator('time')
      .evaluateAll((all) => all.map((one) => String(Reflect.get(one, 'dateTime'))));

    expect(page.url()).toBe(trace(rejected));
    expect(titles[0]).toBe('Upload URL issued');
    expect(titles.indexOf('Rejected, and consumers were told')).toBeGreaterThan(
      titles.findIndex((title) => /^renditions: rejected/i.test(title)),
    );
    expect(times).toEqual(times.toSorted());
    expect(await page.getByText('Its file is at fault (unsupported-format).').count()).toBe(1);
    await picture(page, 'trace');
    expect(complaints).toEqual([]);
  });

  it('finds an image by its ID, and says in a sentence when there is none', async () => {
    const { page } = await openPage(browser, overview());
    const search = page.getByRole('textbox', { name: 'Image ID' });
    await search.fill('no-such-image');
    await search.press('Enter');
    await page
      .getByRole('alert')
      .filter({ hasText: 'There is no image no-such-image in stage test' })
      .waitFor();

    await search.fill(rejected);
    await search.press('Enter');

    await page.getByRole('heading', { name: 'notes.jpg' }).waitFor();
  });

  it.each([
    ['light', wide],
    ['dark', narrow],
  ] as const)('has no fault of accessibility in %s, and fits its window', async (colorScheme, viewport) => {
    const { page, complaints } = await openPage(browser, overview(), { colorScheme, viewport });
    await card(page, 'unsupported-format').waitFor();
    const size = `${viewport.width}-${colorScheme}`;
    const overflow = 'document.documentElement.scrollWidth - innerWidth';
    await picture(page, `operations-${size}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);

    await page.goto(trace(rejected));
    await page.getByRole('heading', { name: 'Trace' }).waitFor();

    await picture(page, `trace-${size}`);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it('tells and does nothing for a page of another origin, even one that knows the token', async () => {
    const { page } = await openPage(browser, overview());
    const token = String(
      await page.evaluate(
        "fetch('/page/token', { method: 'POST' }).then(async (it) => (await it.json()).token)",
      ),
    );
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const foreign = await openForeignPage();
    onTestFinished(() => foreign.close());
    const before = await putAside();
    const url = (path: string) => `${stack.api}/page/${path}`;
    const headers = { 'page-token': token, 'content-type': 'application/json' };
    const body = JSON.stringify({ queue: 'darkroom-test-rejections', code: 'unsupported-format' });

    const attempts = await Promise.all([
      foreign.attempt({ url: url('token'), method: 'POST' }),
      foreign.attempt({ url: url('operations/queues') }),
      foreign.attempt({ url: url('operations/queues'), headers: { 'page-token': token } }),
      foreign.attempt({ url: url('operations/dead-letters'), mode: 'no-cors' }),
      foreign.attempt({ url: url('operations/redrive'), method: 'POST', headers, body }),
      foreign.attempt({ url: url('operations/redrive'), method: 'POST', mode: 'no-cors', body }),
    ]);
    const opened = await foreign.open(url('operations/queues'));

    for (const seen of attempts) {
      expect(seen).not.toMatchObject({ kind: 'answer', status: 200 });
      expect(JSON.stringify(seen)).not.toMatch(/darkroom-test|token"/);
    }
    expect(opened).toMatchObject({ status: 403, text: expect.not.stringContaining('darkroom-test') });
    expect(await putAside()).toEqual(before);
  });
});
