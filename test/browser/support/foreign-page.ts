// A page of another origin in a real browser, open beside the running stack.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's, unless another one is named; `none` for none at all. */
export const executablePath = process.env['DARKROOM_TEST_BROWSER'] ?? '/usr/bin/chromium';

/** Whether the browser that Debian has is here. */
export const hasBrowser = existsSync(executablePath);

export interface Attempt {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** `no-cors` sends what a form or an image could send, and reads nothing. */
  readonly mode?: 'cors' | 'no-cors';
}

/** What the page got to see: nothing at all, or an answer. */
export type Seen = { readonly kind: 'nothing' } | { readonly kind: 'answer'; status: number; text: string };

export interface ForeignPage {
  readonly origin: string;
  /** Tries it from within the page. */
  attempt(attempt: Attempt): Promise<Seen>;
  /** Opens an address as a user would. */
  open(url: string): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** Serves an empty page, and opens it under a name that leads to this machine as any name can. */
export async function openForeignPage(): Promise<ForeignPage> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>A page of somebody else</title>');
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const { port } = server.address() as AddressInfo;
  const origin = `http://page.example:${port}`;
  const browser: Browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--host-resolver-rules=MAP *.example 127.0.0.1'],
  });
  const page: Page = await browser.newPage();
  await page.goto(origin);
  return {
    origin,
    attempt: (attempt) => page.evaluate(send, attempt),
    open: async (url) => {
      const other = await browser.newPage();
      const answer = await other.goto(url);
      const seen = { status: answer?.status() ?? 0, text: (await answer?.text()) ?? '' };
      await other.close();
      return seen;
    },
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

// Runs in the page.
async function send({ url, ...request }: Attempt): Promise<Seen> {
  try {
    const answer = await fetch(url, request);
    if (answer.type === 'opaque') return { kind: 'nothing' };
    return { kind: 'answer', status: answer.status, text: await answer.text() };
  } catch {
    return { kind: 'nothing' };
  }
}
