// Thousands of requests made up from the OpenAPI document, sent to `npm start`: nothing is at fault but the request, and
// every answer is one that the document has.

import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../scripts/stack/running-stack.ts';
import { privateIn } from '../support/private-in-logs.ts';
import { stackLogs } from '../support/stack-logs.ts';
import { faultIn, operationAt, operations } from './support/documented.ts';
import { type MadeUpRequest, requestsOf } from './support/requests.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const rounds = 40;
const requestsOfRound = 80;
const atOnce = 8;
/** What may be answered although no operation is asked for. */
const codesOfNoRoute = ['route-not-found', 'method-not-allowed', 'invalid-request'];

let folder: string;
let stack: RunningStack;
let token: string;
let imageIds: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'darkroom-fuzz-'));
  stack = await startStack({ folder, parameters: { logLevel: 'DEBUG' } });
  token = await stack.tokenOf();
  // One by one: so many functions that start at once would take each other's time.
  for (const { method, path } of operations)
    if (method === 'GET')
      await fetch(`${stack.api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const foreign = await stack.tokenOf('somebody-else');
  imageIds = [await createImage(foreign), await createImage(token)];
});
afterAll(async () => {
  await stack?.kill();
  await rm(folder, { recursive: true, force: true });
});

async function createImage(bearer: string): Promise<string> {
  const answer = await fetch(`${stack.api}/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ contentType: 'image/png', contentLength: 9 }),
  });
  return ((await answer.json()) as { imageId: string }).imageId;
}

async function send({ method, path, headers, body, token: kind }: MadeUpRequest): Promise<Answer> {
  const authorization = { valid: `Bearer ${token}`, garbage: 'Bearer a.b.c', none: undefined }[kind];
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { hostname, port } = new URL(stack.api);
  const all = { ...headers, 'content-length': body?.length ?? 0, ...(authorization && { authorization }) };
  const call = request({ hostname, port, method, path, headers: all }, async (response) => {
    resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
  });
  call.on('error', reject);
  call.end(body);
  return promise;
}

/** On the laptop, the page is at the API's own address. */
const isOfPage = (method: string, path: string) =>
  ['GET', 'HEAD'].includes(method) && path.split('?')[0] === '/';

/** What of an answer is not as the document says; undefined when all is. */
function faultOf({ method, path }: MadeUpRequest, { status, headers, body }: Answer): string | undefined {
  if (status >= 500) return 'nothing that is asked for may fail';
  if (method === 'OPTIONS' && status === 204) return undefined;
  if (isOfPage(method, path)) return undefined;
  if (headers['x-request-id'] === undefined) return 'it has no x-request-id';
  const operation = operationAt(method, path.split('?')[0] ?? '');
  const pathOf = operation && ['paths', operation.path, method.toLowerCase(), 'responses', String(status)];
  const contentType = headers['content-type']?.split(';')[0];
  if (contentType === 'application/problem+json' && method !== 'HEAD') {
    const problem = JSON.parse(body);
    if (problem.requestId !== headers['x-request-id']) return 'its requestId is another than its header';
    if (problem.status !== status) return 'its status is another than the answer has';
    const fault = faultIn(problem, 'components', 'schemas', 'Problem');
    if (fault !== undefined) return fault;
    if (codesOfNoRoute.includes(problem.code)) return undefined;
  }
  if (operation === undefined || pathOf === undefined)
    return [400, 404, 405].includes(status) ? undefined : 'nobody asked';
  const documented = operation.responses[String(status)];
  if (documented === undefined) return `${operation.operationId} does not say that it answers so`;
  if (documented.content === undefined) return body === '' ? undefined : 'it has a body';
  if (contentType === undefined || documented.content[contentType] === undefined)
    return 'its type is another';
  return faultIn(JSON.parse(body), ...pathOf, 'content', contentType, 'schema');
}

it(`answers ${rounds * requestsOfRound} requests as the document says, and fails at none`, async () => {
  const statuses = new Set<number>();
  const judge = async (one: MadeUpRequest) => {
    const answer = await send(one);
    statuses.add(answer.status);
    if (answer.status === 201) imageIds.push(JSON.parse(answer.body).imageId);
    const told = `${one.method} ${one.path} ${JSON.stringify(one.headers)} ${one.body ?? ''}`;
    expect(faultOf(one, answer), `${told}: ${answer.status} ${answer.body}`).toBeUndefined();
  };

  for (let round = 0; round < rounds; round += 1) {
    // Of the newest images, since most are soon deleted.
    const requests = fc.sample(requestsOf(imageIds.slice(-10)), requestsOfRound);
    for (let sent = 0; sent < requests.length; sent += atOnce)
      await Promise.all(requests.slice(sent, sent + atOnce).map(judge));
  }

  // It has been everywhere: no status is left out because of the way that requests are made up.
  for (const status of [200, 201, 204, 304, 400, 401, 404, 405, 413, 415])
    expect([...statuses]).toContain(status);
}, 300_000);

it('leaves no token, signature or place in the log', async () => {
  const log = await stackLogs(folder);

  expect(log).toContain('request refused');
  expect(privateIn(log)).toEqual([]);
});
