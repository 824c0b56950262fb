// The page beside the API, over a real connection: its files, its headers, and what it is told.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startLoopbackServer } from '../../scripts/local/engines/loopback-server.ts';
import { withPage } from '../../scripts/local/page/page.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Page</title>');
  await writeFile(join(folder, 'page-ABC123.js'), 'export {};');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function serve(built: Promise<string> | string = folder) {
  const server = await startLoopbackServer(0, 'apiPort');
  onTestFinished(() => server.close());
  const page = { folder: built, storage: 'http://127.0.0.1:4566', config: { operations: true } };
  server.serve(
    withPage({ ...page, makeToken: async () => 'a token' }, (_request, response) => {
      response.writeHead(418);
      response.end('the API');
    }),
  );
  return (path: string, init?: RequestInit) => fetch(`${server.endpoint}${path}`, init);
}

describe('the page beside the API', () => {
  it('is kept from whatever it does not need', async () => {
    const get = await serve();

    const { status, headers } = await get('/');

    const policy = new Map(
      (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources] as const;
      }),
    );
    expect(status).toBe(200);
    expect(Object.fromEntries(policy)).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'worker-src': ["'self'"],
      'style-src': ["'self'"],
      'connect-src': ["'self'", 'http://127.0.0.1:4566'],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
      'require-trusted-types-for': ["'script'"],
    });
    expect([...policy.values()].flat().filter((source) => source.startsWith("'unsafe"))).toEqual([]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('geolocation=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('is told where it is: the origin that it was opened at is its API', async () => {
    const get = await serve();

    const answer = await get('/page/config.json');

    expect(await answer.json()).toEqual({
      ...{ api: new URL(answer.url).origin, signIn: 'laptop', operations: true },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is kept by browsers for ever, but for its HTML', async () => {
    const get = await serve();

    const kept = await Promise.all(
      ['/', '/page/page-ABC123.js'].map((path) => get(path, { method: 'HEAD' })),
    );

    expect(kept.map(({ headers }) => headers.get('cache-control'))).toEqual([
      'no-cache',
      'public, max-age=31536000, immutable',
    ]);
  });

  it('comes once it is built to whoever opened it before', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const get = await serve(promise);

    const early = get('/');
    const others = await get('/health');
    resolve(folder);

    expect(others.status).toBe(418);
    expect((await early).status).toBe(200);
  });

  it('says why it is not there', async () => {
    const broken = Promise.reject(new Error('The page cannot be built: web/src/page.ts, line 3: no.'));
    broken.catch(() => {});
    const get = await serve(broken);

    const answer = await get('/');

    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe('The page cannot be built: web/src/page.ts, line 3: no.\n');
  });

  it.each(['/page/..%2f..%2fpackage.json', '/page/a/b.js', '/page/config.json/x.js', '/page/'])(
    'has no file %s',
    async (path) => {
      const get = await serve();

      expect((await get(path)).status).toBe(418);
    },
  );
});
