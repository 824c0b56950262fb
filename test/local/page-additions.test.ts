// What a project adds to the laptop's page: the page itself is answered, with the token that only it can get, and nobody else.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LoopbackServer, startLoopbackServer } from '../../scripts/local/engines/loopback-server.ts';
import { withAdditions } from '../../scripts/local/page/additions.ts';

const laptop = { stage: 'test', region: 'eu-central-1', endpoint: 'http://127.0.0.1:1', dataDir: '/data' };
const addition = `export default async (laptop) => (request, response) => {
  response.end(JSON.stringify({ stage: laptop.stage, method: request.method, url: request.url }));
};`;

let folder: string;
let server: LoopbackServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-additions-'));
  await writeFile(join(folder, 'addition.mjs'), addition);
  server = await startLoopbackServer(0, 'apiPort');
  server.serve(
    withAdditions({ queues: join(folder, 'addition.mjs') }, laptop, (_request, response) => {
      response.end('not an addition');
    }),
  );
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Unlike `fetch`, it says of itself whatever it is told to. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const request = send(`${server.endpoint}${path}`, { method, headers }, async (response) => {
    const text = Buffer.concat(await response.toArray()).toString();
    resolve({ status: response.statusCode ?? 0, text });
  });
  request.once('error', reject);
  request.end();
  return promise;
}

const own = () => ({ origin: server.endpoint, 'sec-fetch-site': 'same-origin' });
const json = { 'content-type': 'application/json' };

async function token(): Promise<string> {
  const { text } = await ask('/page/token', own(), 'POST');
  return (JSON.parse(text) as { token: string }).token;
}

describe('an addition to the page', () => {
  it('answers the page below its own name, knows the laptop, and takes nothing else', async () => {
    const withToken = { 'sec-fetch-site': 'same-origin', 'page-token': await token() };

    const read = await ask('/page/queues/all?now', withToken);
    const written = await ask('/page/queues/all', { ...own(), ...json, ...withToken }, 'POST');
    const others = await Promise.all(
      ['/page/queues', '/page/other/all', '/queues/all'].map((path) => ask(path)),
    );

    expect(JSON.parse(read.text)).toEqual({ stage: 'test', method: 'GET', url: '/page/queues/all?now' });
    expect(JSON.parse(written.text)).toMatchObject({ method: 'POST' });
    expect(others.map(({ text }) => text)).toEqual(Array(3).fill('not an addition'));
  });

  it.each<[string, (token: string) => Record<string, string>, string]>([
    ['without a token', own, 'GET'],
    ['with a token of somebody else', () => ({ ...own(), 'page-token': '0'.repeat(64) }), 'GET'],
    ['from another origin', (it) => ({ ...own(), origin: 'http://page.example', 'page-token': it }), 'GET'],
    ['from a page of another port', (it) => ({ 'sec-fetch-site': 'same-site', 'page-token': it }), 'GET'],
    ['opened as an address', (it) => ({ 'sec-fetch-site': 'none', 'page-token': it }), 'GET'],
    ['that no browser sent', (it) => ({ 'page-token': it }), 'GET'],
    ['as a form sends it', (it) => ({ ...own(), 'page-token': it, 'content-type': 'text/plain' }), 'POST'],
    [
      'that changes something and names no origin',
      (it) => ({ ...json, 'sec-fetch-site': 'same-origin', 'page-token': it }),
      'POST',
    ],
  ])('refuses a request %s', async (_what, headers, method) => {
    const { status, text } = await ask('/page/queues/all', headers(await token()), method);

    expect(status).toBe(403);
    expect(text).not.toContain('test');
  });

  it.each([
    ['from another origin', { origin: 'http://page.example', 'sec-fetch-site': 'cross-site' }],
    ['that names no origin', { 'sec-fetch-site': 'same-origin' }],
  ])('gives its token to no request %s', async (_what, headers) => {
    const { status, text } = await ask('/page/token', headers, 'POST');

    expect(status).toBe(403);
    expect(text).not.toContain('"token"');
  });
});
