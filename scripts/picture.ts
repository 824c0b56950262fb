// npm run picture: the pictures of the page that the README shows.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { paintedPhotos } from './demo/painted-photos.ts';
import { startStack } from './stack/running-stack.ts';
import { OperatorError } from './terminal/errors.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const executablePath = '/usr/bin/chromium';
const photoCount = 16;
const viewport = { width: 1200, height: 760 };
const pictures = { light: 'docs/page.png', dark: 'docs/page-dark.png' } as const;

const tool = {
  name: 'picture',
  about: `Makes ${Object.values(pictures).join(' and ')} anew: the page of a new laptop, as Chromium (${executablePath}) shows
it once ${photoCount} painted photos are developed.`,
  options: {},
};

await runTool(tool, async () => {
  if (!existsSync(executablePath))
    throw new OperatorError(`There is no ${executablePath}: install Chromium.`);
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-picture-'));
  const stack = await startStack({ folder });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    for (const { name, buffer } of await paintedPhotos(photoCount))
      await stack.client.upload(buffer, { fileName: name });
    for (const colorScheme of ['light', 'dark'] as const) {
      await take(browser, stack.api, colorScheme);
      print(pictures[colorScheme]);
    }
  } finally {
    await browser.close();
    await stack.kill();
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

async function take(browser: Browser, url: string, colorScheme: keyof typeof pictures): Promise<void> {
  const page = await browser.newPage({ viewport, colorScheme });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('darkroom-gallery img.loaded').nth(8).waitFor();
  // All that is on the screen has been loaded, and has come out of its placeholder.
  await page.screenshot({ path: pictures[colorScheme], animations: 'disabled' });
}
