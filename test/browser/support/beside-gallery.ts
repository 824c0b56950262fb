// A generated gallery and a browser for the tests of a file.
import type { Browser, BrowserContextOptions, Route } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { hasBrowser } from './foreign-page.ts';
import { type GeneratedGallery, startGeneratedGallery } from './generated-gallery.ts';
import { launchBrowser, type OpenPage, openPage } from './page.ts';

export interface BesideGallery {
  readonly gallery: GeneratedGallery;
  /** Opens its page in a context of its own, which ends with the test. */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  /** Opens what is not its page yet: a test may say first what is answered. */
  openEmpty(): Promise<OpenPage>;
  /** Opens its page with an API that answers to no upload. */
  openUnanswered(): Promise<OpenPage & { readonly asked: readonly Route[] }>;
}

export function besideGallery(count: number): BesideGallery {
  let gallery: GeneratedGallery;
  let browser: Browser;
  beforeAll(async () => {
    if (!hasBrowser) return;
    [gallery, browser] = await Promise.all([startGeneratedGallery(count), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await gallery?.close();
  });

  const open = (options?: BrowserContextOptions) => openPage(browser, gallery.url, options);
  return {
    get gallery() {
      return gallery;
    },
    open,
    openEmpty: () => openPage(browser, 'about:blank'),
    openUnanswered: async () => {
      const opened = await open();
      const asked: Route[] = [];
      await opened.page.route('**/uploads', (route) => void asked.push(route));
      await opened.page.locator('#choose').waitFor({ state: 'attached' });
      return { ...opened, asked };
    },
  };
}
