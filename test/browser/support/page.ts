// The page in a real browser, open beside a running stack: whatever it complains of is kept, and each state can be looked at.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import { executablePath } from './foreign-page.ts';

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 360, height: 740 };
/** On a busy machine a worker is given up and tried again after its visibility timeout. */
export const patienceMs = 120_000;

export interface OpenPage {
  readonly page: Page;
  /** Errors of the console and of scripts, violations of the Content-Security-Policy among them. */
  readonly complaints: readonly string[];
}

export const launchBrowser = () => chromium.launch({ executablePath, args: ['--no-sandbox'] });

/** Opens it in a context of its own, which ends with the test. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'light', ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, complaints };
}

/** What a person would see, for people to look at: test/browser/out/NAME.png. */
export const picture = (page: Page, name: string) =>
  page.screenshot({ path: `test/browser/out/${name}.png` });

export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function plainPhoto(
  name: string,
  width: number,
  height: number,
  background: string,
): Promise<ChosenFile> {
  const picture = sharp({ create: { width, height, channels: 3, background } });
  return { name, mimeType: 'image/jpeg', buffer: await picture.jpeg().toBuffer() };
}
