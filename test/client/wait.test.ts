// What an upload waits for, as its progress tells: why, until when, and that it is over.

import { expect, onTestFinished, test } from 'vitest';
import { createClient, type UploadProgress } from '../../client/src/client.ts';
import { type Fault, startStandIn } from './support/stand-in.ts';

const full: Fault = { status: 429, headers: { 'retry-after': '1' }, body: '{"code":"quota-exceeded"}' };

async function seenWith(faults: Record<string, Fault[]>): Promise<UploadProgress[]> {
  const server = await startStandIn({ faults });
  onTestFinished(() => server.close());
  const seen: UploadProgress[] = [];
  const onProgress = (progress: UploadProgress) => seen.push(progress);
  await createClient({ api: server.url }).upload(new Uint8Array(1000), { onProgress });
  return seen;
}

const reasons = (seen: readonly UploadProgress[]) => seen.flatMap(({ wait }) => wait?.reason ?? []);

test('tells of a full server, and when it goes on', async () => {
  const begunAt = Date.now();

  const seen = await seenWith({ 'POST /uploads': [full] });

  expect(reasons(seen)).toEqual(['too-much']);
  const { wait } = seen.find((progress) => progress.wait) ?? {};
  expect(wait?.until).toBeGreaterThanOrEqual(begunAt + 1000);
  expect(wait?.code).toBe('quota-exceeded');
});

test.each([
  ['the API, before there is a URL', 'POST /uploads'],
  ['S3, while it is sent', 'PUT /originals'],
  ['the API, while it develops', 'GET /images'],
])('tells that nobody answers: %s', async (_case, route) => {
  expect(reasons(await seenWith({ [route]: ['reset'] }))).toEqual(['connection']);
});

test('tells of a server that cannot', async () => {
  expect(reasons(await seenWith({ 'POST /uploads': [{ status: 503 }] }))).toEqual(['server']);
});

test('tells that waiting is over with the next answer', async () => {
  const seen = await seenWith({ 'GET /images': ['reset'] });

  const waiting = seen.findIndex(({ wait }) => wait);
  expect(seen[waiting + 1]?.wait).toBeUndefined();
  expect(seen.at(-1)).toMatchObject({ phase: 'ready', wait: undefined });
});
