// An owner's images where DynamoDB leaves things out of its answers: what is not there is none, and what is undone is asked
// for again, after a pause that doubles.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createOwnersImages } from '../../../shared/aws/owners-images.ts';
import { createRecordedClients, jsonError, type RecordedClients } from '../support/recorded-clients.ts';

let clients: RecordedClients;
const owners = () => createOwnersImages(clients.table, 'images');
const answered = (item: object) => ({
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(item),
});
const Keys = [{ imageId: { S: 'one' } }];
const found = answered({ Responses: { images: Keys } });
const undone = answered({ UnprocessedKeys: { images: { Keys } } });

beforeEach(() => {
  clients = createRecordedClients();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

it('finds no positions in an answer that has none', async () => {
  clients.answer(answered({}));

  expect(await owners().positions('own-1', 3)).toEqual([]);
});

it('throws an outage that names the call', async () => {
  clients.answer(jsonError('ThrottlingException', 'too fast'), jsonError('ThrottlingException', 'too fast'));

  await expect(owners().positions('own-1', 3)).rejects.toMatchObject({
    message: 'DynamoDB Query: too fast',
  });
  await expect(owners().records(['one'])).rejects.toMatchObject({
    message: 'DynamoDB BatchGetItem: too fast',
  });
});

it('finds no records in answers that have none', async () => {
  clients.answer(answered({}), answered({ Responses: {}, UnprocessedKeys: {} }));

  expect(await owners().records(['one'])).toEqual(new Map());
});

it('says what it has not read where keys are left undone for ever', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  clients.answer(...Array.from({ length: 5 }, () => undone));

  const refused = expect(owners().records(['one'])).rejects.toMatchObject({
    ...{ code: 'dependency-unavailable', message: 'DynamoDB BatchGetItem: keys were left unprocessed' },
  });
  await vi.runAllTimersAsync();
  await refused;
});

it('asks again after a tenth of a second, and then after twice as long', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  clients.answer(undone, undone, found);

  const records = owners().records(['one']);
  const asked = [];
  for (const milliseconds of [0, 99, 1, 199, 1]) {
    await vi.advanceTimersByTimeAsync(milliseconds);
    asked.push(clients.sent.length);
  }

  expect(asked).toEqual([1, 1, 2, 2, 3]);
  expect([...(await records).keys()]).toEqual(['one']);
});
