// A page beside the API, on its origin: the files of one folder, under a strict Content-Security-Policy, and a sign-in that
// gives a token to this page and to no other.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Handle } from '../engines/loopback-server.ts';

interface Page {
  /** With `index.html`; the others are found under `/page/`. */
  readonly folder: string;
  /** Where, other than on its own origin, it finds what it shows and sends what is uploaded. */
  readonly storage: string;
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
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    if (request.method === 'POST' && pathname === '/page/session') return signIn(page, request, response);
    if (request.method !== 'GET') return handle(request, response);
    if (pathname === '/') return sendFile(page, 'index.html', response);
    const [, folder, name = '', ...rest] = pathname.split('/');
    if (folder !== 'page' || rest.length > 0 || !fileName.test(name)) return handle(request, response);
    return sendFile(page, name, response);
  };
}

/** @param storage an origin, as `http://127.0.0.1:4566` */
export function contentSecurityPolicy(storage: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self'",
    `img-src 'self' data: blob: ${storage}`,
    `connect-src 'self' ${storage}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

// Browsers let no page say a false origin, and say it with every POST.
async function signIn(page: Page, request: IncomingMessage, response: ServerResponse): Promise<void> {
  request.resume();
  const { origin, host } = request.headers;
  const isOwn = origin === `http://${host}` && request.headers['sec-fetch-site'] === 'same-origin';
  const body = isOwn ? { token: await page.makeToken() } : { detail: 'Only the page itself signs in here.' };
  response.writeHead(isOwn ? 200 : 403, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function sendFile({ folder, storage }: Page, name: string, response: ServerResponse): Promise<void> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end(`There is no ${name} in the page's folder.\n`);
    return;
  }
  response.writeHead(200, {
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy(storage),
    // All but the HTML is named after its content.
    'cache-control': extname(name) === '.html' ? 'no-cache' : 'public, max-age=31536000, immutable',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}
