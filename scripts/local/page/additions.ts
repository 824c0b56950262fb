// What a project adds to the page: modules that answer below /page/NAME/, to the page itself and to nobody else.
// A request shows three things that no other page can: where it comes from, a token that only the page was given, and, with
// POST, a content type that no form can send.

import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handle } from '../engines/loopback-server.ts';
import { isFromOwnPage } from './own-page.ts';

/** Where an addition finds the running laptop cloud. */
export interface Laptop {
  readonly stage: string;
  readonly region: string;
  /** Of its AWS services; undefined where the environment names another one. */
  readonly endpoint: string | undefined;
  readonly dataDir: string;
}

/** The default export of an addition's module. It is loaded with the first request. */
export type OpenAddition = (laptop: Laptop) => Promise<Handle>;

export const tokenPath = '/page/token';
export const tokenHeader = 'page-token';

/**
 * Answers what is an addition's, and leaves everything else to `handle`.
 * @param modules their files by NAME, from the working directory
 */
export function withAdditions(
  modules: Readonly<Record<string, string>>,
  laptop: Laptop,
  handle: Handle,
): Handle {
  const token = randomBytes(32).toString('hex');
  const opened = new Map<string, Promise<Handle>>();

  function open(file: string): Promise<Handle> {
    const known = opened.get(file) ?? load(file, laptop);
    opened.set(file, known);
    // What could not be opened is tried again with the next request.
    known.catch(() => opened.delete(file));
    return known;
  }

  return async (request, response) => {
    const [pathname = ''] = (request.url ?? '/').split('?');
    const isToken = pathname === tokenPath && request.method === 'POST';
    const [, name = ''] = /^[/]page[/]([^/]+)[/]/.exec(pathname) ?? [];
    const file = Object.hasOwn(modules, name) ? modules[name] : undefined;
    if (!isToken && !file) return handle(request, response);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    if (!isFromOwnPage(request)) return refuse(request, response, 'Only the page itself is answered here.');
    if (!file) return send(response, 200, { token });
    if (!isEqual(String(request.headers[tokenHeader]), token))
      return refuse(request, response, `Send the token of ${tokenPath} as ${tokenHeader}.`);
    if (request.method === 'POST' && request.headers['content-type'] !== 'application/json')
      return refuse(request, response, 'Send JSON, as application/json.');
    await (await open(file))(request, response);
  };
}

async function load(file: string, laptop: Laptop): Promise<Handle> {
  const { default: open } = (await import(pathToFileURL(resolve(file)).href)) as { default: OpenAddition };
  return open(laptop);
}

function isEqual(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refuse(request: IncomingMessage, response: ServerResponse, detail: string): void {
  request.resume();
  send(response, 403, { code: 'not-the-page', detail });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
