// The page as it is deployed: its files and its configuration from one origin, its API at another.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { pageHeaders } from '../../../scripts/local/page/headers.ts';
import { buildPage } from '../../../scripts/web/build-page.ts';

export interface DeployedPage {
  readonly origin: string;
  /** Answered as `/page/config.json`. */
  config: unknown;
  /** The origin that it uploads to and shows images from, and others that it calls. */
  storage: string;
  services: readonly string[];
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export async function deployPage(): Promise<DeployedPage> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  await buildPage(process.cwd(), relative('', folder));
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://page');
    if (pathname === '/page/config.json') {
      response.writeHead(page.config === undefined ? 403 : 200, { 'content-type': 'application/json' });
      return response.end(JSON.stringify(page.config));
    }
    const name = pathname === '/' ? 'index.html' : pathname.replace('/page/', '');
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    response.writeHead(bytes ? 200 : 404, {
      ...pageHeaders(page.storage, page.services),
      'content-type': types[extname(name)] ?? 'text/plain',
    });
    return response.end(bytes);
  });
  await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
  const page: DeployedPage = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    config: undefined,
    storage: '',
    services: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((fulfil) => server.close(fulfil));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return page;
}
