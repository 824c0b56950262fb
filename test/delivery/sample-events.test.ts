// The sample events: each one, and there are no others, is run by the function it is for, on a cloud of its own.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveAll } from '../../scripts/dlq/receive.ts';
import { type Invocation, loadFunction } from '../../scripts/invoke/function.ts';
import { listSampleEvents, readEvent } from '../../scripts/invoke/sample-events.ts';
import { type LaptopCloud, startLaptopCloud } from '../../scripts/local/cloud.ts';
import { openStage, type Stage } from '../../scripts/operations/stage.ts';
import { recordOf } from '../../shared/aws/stored-record.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import type { Task } from '../../shared/domain/tasks.ts';

interface Expected {
  /** What the answer must match. */
  readonly answer?: unknown;
  /** The key of an object, and what its image's record must match afterwards. */
  readonly records?: Readonly<Record<string, unknown>>;
  /** Failure codes that arrive in the function's DLQ. */
  readonly deadLetters?: readonly string[];
}

const padded = (sequencer: string) => sequencer.padEnd(40, '0');
const first = padded('0055AED6DCD90281E5');
const second = padded('0055AED6DCD90281E6A1');
const originals = (n: number) => `originals/0199a3c4-7b1e-7c2d-8f3a-000000000${n}`;

/** A worker takes up a created original; whoever removed it meanwhile has the last word, so it stays `running`. */
function workerCases(task: Task, base: number): Record<string, Expected> {
  const acknowledged = { batchItemFailures: [] };
  const claimed = { sequencer: first, [`${task}Task`]: { state: 'running', sequencer: first } };
  const key = (n: number) => originals(base + n);
  // The renditions worker alone marks as deleted: it is the one that has objects to delete.
  const removed = task === 'renditions' ? { sequencer: first, removed: {} } : undefined;
  const created = (n: number, changes: object = {}): Expected => ({
    answer: acknowledged,
    records: { [key(n)]: { ...claimed, ...changes } },
  });
  const malformed: Expected = { answer: acknowledged, deadLetters: ['malformed-message'] };
  const tenOf = [0, 1, 2, 3, 5, 6, 7, 8, 9].map((n) => [key(20 + n), claimed]);
  return {
    created: created(1, { original: { bytes: 4_167_727 } }),
    posted: created(2),
    'multipart-created': created(3, { original: { eTag: expect.stringMatching(/^[0-9a-f]{32}-9$/) } }),
    copied: created(4),
    removed: { answer: acknowledged, records: { [key(5)]: removed } },
    'delete-marker-created': { answer: acknowledged, records: { [key(6)]: removed } },
    'lifecycle-expired': { answer: acknowledged, records: { [key(7)]: removed } },
    duplicate: created(8),
    'out-of-order': {
      answer: acknowledged,
      records: { 'originals/covers/today.jpg': { sequencer: second, original: { bytes: 2222 } } },
    },
    'test-event': { answer: acknowledged },
    'sns-wrapped': created(10),
    'sns-wrapped-test-event': { answer: acknowledged },
    'several-records': { answer: acknowledged, records: { [key(11)]: claimed, [key(12)]: claimed } },
    'odd-keys': {
      answer: acknowledged,
      records: Object.fromEntries(
        [
          'originals/holiday photos/IMG 0001.jpg',
          'originals/1+1=2.png',
          'originals/ÅÄÖ/写真 📷.heic',
          'originals/100%25 off.jpg',
          'originals/100% off & more?.jpg',
          "originals/it's (a) ~test*!.webp",
        ].map((oddKey) => [oddKey, { original: { key: oddKey } }]),
      ),
    },
    'malformed-json': malformed,
    'malformed-shape': malformed,
    'malformed-key': malformed,
    'one-malformed-of-ten': { ...malformed, records: Object.fromEntries(tenOf) },
    'last-receive': created(13, { [`${task}Task`]: { receiveCount: 5 } }),
    redriven: created(14),
  };
}

const problem = (statusCode: number, code: string) => ({
  statusCode,
  headers: { 'content-type': 'application/problem+json' },
  body: expect.stringContaining(`"code":"${code}"`),
});
const issued = {
  statusCode: 201,
  body: expect.stringMatching(/"status":"awaiting-upload".*X-Amz-Signature=/),
};

const expectations: Record<string, Record<string, Expected>> = {
  renditions: workerCases('renditions', 100),
  metadata: workerCases('metadata', 200),
  createUpload: {
    jpeg: { answer: issued },
    'with-checksum': { answer: { ...issued, body: expect.stringContaining('x-amz-checksum-sha256') } },
    form: { answer: { statusCode: 201, body: expect.stringMatching(/"method":"POST".*"X-Amz-Signature":/) } },
    'form-without-checksum': { answer: problem(400, 'invalid-request') },
    'unicode-file-name': { answer: issued },
    'base64-body': { answer: issued },
    'unsupported-type': { answer: problem(415, 'unsupported-format') },
    'too-large': { answer: problem(413, 'too-large') },
    'several-faults': { answer: problem(400, 'invalid-request') },
    'not-json': { answer: problem(400, 'invalid-request') },
    'not-said-to-be-json': { answer: problem(415, 'unsupported-media-type') },
    'large-body': { answer: problem(413, 'body-too-large') },
    'deep-body': { answer: problem(400, 'invalid-request') },
    'no-body': { answer: problem(400, 'invalid-request') },
  },
  getImage: {
    unknown: { answer: problem(404, 'image-not-found') },
    'odd-id': { answer: problem(404, 'image-not-found') },
  },
  getRendition: { unknown: { answer: problem(404, 'image-not-found') } },
  reprocessImage: { unknown: { answer: problem(404, 'image-not-found') } },
  deleteImage: { unknown: { answer: problem(404, 'image-not-found') } },
  listImages: {
    newest: { answer: { statusCode: 200, body: expect.stringMatching(/^{"images":\[/) } },
    'foreign-cursor': { answer: problem(400, 'invalid-request') },
    'several-faults': { answer: problem(400, 'invalid-request') },
  },
  getUsage: {
    asked: { answer: { statusCode: 200, body: expect.stringMatching(/^{"openUploads":{"used":/) } },
  },
  health: { probe: { answer: { statusCode: 200, body: '{"status":"ok"}' } } },
  openApi: { probe: { answer: { statusCode: 200, body: expect.stringMatching(/^{"openapi":"3\.1\.1"/) } } },
  noRoute: {
    'unknown-path': { answer: problem(404, 'route-not-found') },
    'unknown-method': { answer: { ...problem(405, 'method-not-allowed'), headers: { allow: 'POST' } } },
    'broken-encoding': { answer: problem(400, 'invalid-request') },
    preflight: { answer: { statusCode: 204, headers: { allow: 'POST' } } },
  },
  reconcile: { scheduled: { answer: { errors: 0 } } },
};

const samples = listSampleEvents();
let cloud: LaptopCloud;
let stage: Stage;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'darkroom-events-'));
  cloud = await startLaptopCloud({ dataDir, awsPort: 0 });
  Object.assign(process.env, cloud.environment);
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
  stage = await openStage({ stage: 'dev' });
});
afterAll(async () => {
  for (const name of Object.keys(cloud.environment)) delete process.env[name];
  await cloud.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function recordIn(imageId: string): Promise<ImageRecord | undefined> {
  const command = new GetCommand({ TableName: stage.tableName, Key: { imageId }, ConsistentRead: true });
  const { Item } = await stage.clients.table.send(command);
  return Item && recordOf(Item);
}

/** The images that an event is about, by the key of their original. */
function imageIds(event: unknown): Map<string, string> {
  const bodies = (event as SQSEvent).Records.map(({ body }) => body);
  const parsed = bodies.flatMap((body) => {
    try {
      return parseOriginalEvents(body, stage.originalsBucket);
    } catch {
      return [];
    }
  });
  return new Map(parsed.map(({ key, imageId }) => [key, imageId]));
}

async function deadLetterCodes(task: string): Promise<(string | undefined)[]> {
  const queues = stage.queues.find((candidate) => candidate.task === task);
  const codes: (string | undefined)[] = [];
  if (queues === undefined) return codes;
  for await (const messages of receiveAll(stage, queues.dlq, { visibilitySeconds: 60 })) {
    codes.push(...messages.map(({ MessageAttributes }) => MessageAttributes?.['failureCode']?.StringValue));
  }
  return codes;
}

it('has an expectation for every sample event, and a sample event for every expectation', () => {
  const expected = Object.entries(expectations).flatMap(([functionKey, cases]) =>
    Object.keys(cases).map((name) => `${functionKey}.${name}`),
  );

  expect(samples.map(({ functionKey, name }) => `${functionKey}.${name}`).toSorted()).toEqual(
    expected.toSorted(),
  );
});

it('has sample events for every function of serverless.yml', () => {
  const functions = cloud.service.functions.map(({ key }) => key);

  expect([...new Set(samples.map(({ functionKey }) => functionKey))].toSorted()).toEqual(
    functions.toSorted(),
  );
});

describe.each(Object.keys(expectations))('%s', (functionKey) => {
  let invoke: Invocation;

  beforeAll(async () => {
    invoke = await loadFunction(cloud, functionKey);
  });

  it.each(Object.entries(expectations[functionKey] ?? {}))(
    'answers %s as it must',
    async (name, expected) => {
      const event = readEvent(functionKey, name);

      const answer = await invoke(event);

      expect(answer).toMatchObject(expected.answer as object);
      const ids = expected.records ? imageIds(event) : new Map<string, string>();
      for (const [key, record] of Object.entries(expected.records ?? {})) {
        const stored = await recordIn(ids.get(key) ?? key);
        if (record === undefined) expect(stored).toBeUndefined();
        else expect(stored).toMatchObject(record as object);
      }
    },
  );

  const deadLetters = Object.values(expectations[functionKey] ?? {}).flatMap((one) => one.deadLetters ?? []);

  it(`dead-letters what it cannot make sense of, which is ${deadLetters.length} of its events`, async () => {
    expect(await deadLetterCodes(functionKey)).toEqual(deadLetters);
  });
});
