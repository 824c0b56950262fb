// A page beside the API, on its origin: the files of one folder, under a strict Content-Security-Policy, what it has to know of
// where it is, and a sign-in that gives a token to this page and to no other.

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Handle } from '../engines/loopback-server.ts';
import { pageHeaders } from './headers.ts';
import { isFromOwnPage } from './own-page.ts';

interface Page {
  /** With `index.html`; the others are found under `/page/`. Whoever asks before it is there waits for it. */
  readonly folder: string | Promise<string>;
  /** Where, other than on its own origin, it finds what it shows and sends what is uploaded. */
  readonly storage: string;
  /** What `/page/config.json` says beside the API's URL and how to sign in. */
  readonly config: Readonly<Record<string, unknown>>;
  /** An access token for whoever sits at the laptop. */
  makeToken(): Promise<string>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
const fileName = /^[\w-]+\.(js|css)$/;

/** Answers what is the page's, and leaves everything else to `handle`. */
export function withPage(page: Page, handle: Handle): Handle {
  return async (request, response) => {
    const { method, url = '/', headers } = request;
    const [pathname = ''] = url.split('?');
    if (method === 'POST' && pathname === '/page/session') return signIn(page, request, response);
    if (method !== 'GET' && method !== 'HEAD') return handle(request, response);
    if (pathname === '/') return sendFile(page, 'index.html', response);
    if (pathname === '/page/config.json')
      return sendJson(response, 200, { api: `http://${headers.host}`, signIn: 'laptop', ...page.config });
    const [, folder, name = '', ...rest] = pathname.split('/');
    if (folder !== 'page' || rest.length > 0 || !fileName.test(name)) return handle(request, response);
    return sendFile(page, name, response);
  };
}

async function signIn(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  if (isFromOwnPage(request)) return sendJson(response, 200, { token: await page.makeToken() });
  return sendJson(response, 403, { detail: 'Only the page itself signs in here.' });
}

async function sendFile({ folder, storage }: Page, name: string, response: ServerResponse): Promise<void> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(await folder, name));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    response.writeHead(isMissing ? 404 : 500, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(isMissing ? `There is no ${name} in the page's folder.\n` : `${(error as Error).message}\n`);
    return;
  }
  response.writeHead(200, {
    ...pageHeaders(storage),
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    // All but the HTML is named after its content.
    'cache-control': extname(name) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
  });
  response.end(bytes);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
