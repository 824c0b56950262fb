// The DLQ tool on real queues: it tells what is there, disturbs nothing, and loses nothing.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { act } from '../../scripts/dlq/act.ts';
import { groupLetters } from '../../scripts/dlq/groups.ts';
import { isHeld } from '../../scripts/dlq/letter.ts';
import { canMoveNatively, redrive } from '../../scripts/dlq/redrive.ts';
import { describeLetter, findLetter, renderLetter } from '../../scripts/dlq/show.ts';
import { isSelected, survey } from '../../scripts/dlq/survey.ts';
import { createProgress } from '../../scripts/operations/progress.ts';
import { originalKey } from '../../shared/object-keys.ts';
import { createdBody, type OperationsCloud, sequencer, startOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

let cloud: OperationsCloud;

beforeAll(async () => {
  cloud = await startOperationsCloud();
});
afterAll(() => cloud.close());
afterEach(async () => {
  for (const { source, dead } of cloud.stage.queues) {
    await cloud.drain(source.url);
    await cloud.drain(dead.url);
  }
});

const quiet = createProgress('', { isQuiet: true });
const options = { maxMessages: 1000, visibilitySeconds: 60 };
const look = (changes = {}) => survey(cloud.stage, { ...options, ...changes }, quiet);
const bodyOf = (imageId: string) => createdBody(cloud.stage.originalsBucket, originalKey(imageId));

/** As a worker leaves it: rejected, with its code on the message. */
function rejectedLetter(imageId = uuidv7(), failureCode = 'corrupt-image'): Promise<string> {
  return cloud.deadLetter('renditions', bodyOf(imageId), {
    ...{ failureCode, failureMessage: 'premature end of JPEG image', imageId },
    sourceQueue: 'darkroom-test-renditions',
  });
}

/** As SQS leaves it after the last receive: without attributes, its image failed. */
async function failedLetter(imageId = uuidv7()): Promise<string> {
  const failure = { code: 'dependency-unavailable', message: 'S3 GetObject: SlowDown' };
  const task = { sequencer, revision: '1', attemptId: 'a', messageId: 'm', receiveCount: 5, leaseUntil: 0 };
  await cloud.put({
    ...{ imageId, ownerId: 'local', updatedAt: new Date().toISOString(), sequencer },
    metadataTask: { ...task, state: 'failed', failure },
  });
  return cloud.deadLetter('metadata', bodyOf(imageId));
}

const malformedLetter = () =>
  cloud.deadLetter('renditions', 'not json', {
    failureCode: 'malformed-message',
    failureMessage: 'not JSON',
    tenant: 'a',
  });

describe('looking', () => {
  it('groups letters by queue and code, taking the code of a message that SQS moved from its record', async () => {
    await rejectedLetter();
    await rejectedLetter();
    await failedLetter();

    const { letters, isComplete } = await look();

    const groups = groupLetters(letters, new Date());
    expect(isComplete).toBe(true);
    expect(groups).toMatchObject([
      { queue: 'darkroom-test-renditions-dlq', code: 'corrupt-image', count: 2, images: 2 },
      { queue: 'darkroom-test-metadata-dlq', code: 'dependency-unavailable', count: 1, images: 1 },
    ]);
    expect(groups[0]?.oldestMilliseconds).toBeLessThan(60_000);
  });

  it('gives every message back at once', async () => {
    for (let sent = 0; sent < 15; sent += 1) await rejectedLetter();

    await look();

    expect(await cloud.count('renditions', 'dead')).toEqual({ visible: 15, inFlight: 0 });
  });

  it('says so when there is more than it may look at', async () => {
    for (let sent = 0; sent < 15; sent += 1) await rejectedLetter();

    const { letters, isComplete } = await look({ maxMessages: 10 });

    expect(letters.length).toBeLessThan(15);
    expect(isComplete).toBe(false);
  });

  it('calls a message unknown that neither carries a code nor has a record', async () => {
    await cloud.deadLetter('metadata', bodyOf(uuidv7()));

    const { letters } = await look();

    expect(letters).toMatchObject([{ code: 'unknown', route: 'source-queue' }]);
  });

  it('shows one message decoded, with its record as it is now', async () => {
    const imageId = uuidv7();
    const messageId = await failedLetter(imageId);

    const letter = findLetter((await look()).letters, messageId.slice(0, 8));

    expect(describeLetter(letter)).toMatchObject({
      ...{ messageId, imageId, status: 'failed', code: 'dependency-unavailable' },
      events: [{ kind: 'created', key: originalKey(imageId) }],
      record: { metadataTask: { receiveCount: 5 } },
    });
    expect(renderLetter(letter, new Date())).toContain('dependency-unavailable: S3 GetObject: SlowDown');
    expect(() => findLetter([letter], 'no-such-message')).toThrow('No DLQ holds a message');
  });

  it('selects by queue, code, image and age', async () => {
    const imageId = uuidv7();
    await rejectedLetter(imageId, 'too-large');
    await failedLetter();
    const { letters } = await look();
    const codes = (selection: Parameters<typeof isSelected>[1], now = new Date()) =>
      letters.filter((letter) => isSelected(letter, selection, now)).map(({ code }) => code);

    expect(codes({ queue: 'metadata' })).toEqual(['dependency-unavailable']);
    expect(codes({ queue: 'darkroom-test-renditions-dlq' })).toEqual(['too-large']);
    expect(codes({ code: 'too-large' })).toEqual(['too-large']);
    expect(codes({ imageId })).toEqual(['too-large']);
    expect(codes({ olderThanMilliseconds: 3_600_000 })).toEqual([]);
    const later = new Date(Date.now() + 7_200_000);
    expect(codes({ olderThanMilliseconds: 3_600_000 }, later)).toHaveLength(2);
  });
});

describe('redriving', () => {
  async function redriveAll() {
    const surveyed = await look();
    return redrive(cloud.stage, surveyed, surveyed.letters, options, quiet);
  }

  it('sends a rejected image to both workers, marked so that they take up what they rejected', async () => {
    const imageId = uuidv7();
    await rejectedLetter(imageId);

    const redriven = await redriveAll();

    expect(redriven).toEqual({ how: 'letter by letter', done: 1, kept: 0, vanished: 0 });
    for (const { source } of cloud.stage.queues) {
      const [message, ...more] = await cloud.drain(source.url);
      expect(more).toEqual([]);
      expect(message?.Body).toContain(originalKey(imageId));
      expect(message?.MessageAttributes?.['failureCode']?.StringValue).toBe('corrupt-image');
    }
    expect(await cloud.count('renditions', 'dead')).toEqual({ visible: 0, inFlight: 0 });
  });

  it('leaves a rejected image alone while the other worker may still hold it, which would take it for a duplicate', async () => {
    const imageId = uuidv7();
    const task = { sequencer, revision: '1', attemptId: 'a', messageId: 'm', receiveCount: 1 };
    const leaseUntil = Date.now() + 60_000;
    await cloud.put({
      ...{ imageId, ownerId: 'local', updatedAt: new Date().toISOString(), sequencer },
      renditionsTask: { ...task, leaseUntil, state: 'rejected' },
      metadataTask: { ...task, leaseUntil, state: 'running' },
    });
    await rejectedLetter(imageId);

    const redriven = json(await runTool('dlq', ['redrive', '--yes', '--json']));
    const [letter] = (await look()).letters;

    expect(redriven).toMatchObject({ messages: 1, held: 1, redriven: { done: 0 } });
    expect(letter && isHeld(letter, letter.record, new Date(leaseUntil + 1))).toBe(false);
  });

  it('sends a message that SQS moved back to its own queue only, unmarked', async () => {
    await failedLetter();

    await redriveAll();

    expect(await cloud.count('renditions', 'source')).toMatchObject({ visible: 0 });
    const [message] = await cloud.drain(cloud.queuesOf('metadata').source.url);
    expect(message?.MessageAttributes).toBeUndefined();
  });

  it('sends a malformed message where it came from, so that redriving does not multiply it', async () => {
    await malformedLetter();

    await redriveAll();

    expect(await cloud.count('metadata', 'source')).toMatchObject({ visible: 0 });
    const [message, ...more] = await cloud.drain(cloud.queuesOf('renditions').source.url);
    expect(more).toEqual([]);
    // What the worker wrote is gone, since it will say anew what it finds; what others wrote stays.
    expect(Object.keys(message?.MessageAttributes ?? {})).toEqual(['tenant']);
  });

  it('takes only what is selected, and gives the rest back', async () => {
    for (let sent = 0; sent < 12; sent += 1)
      await rejectedLetter(uuidv7(), sent < 5 ? 'too-large' : 'corrupt-image');
    const surveyed = await look();
    const selected = surveyed.letters.filter(({ code }) => code === 'too-large');

    const { done } = await redrive(cloud.stage, surveyed, selected, options, quiet);

    expect(done).toBe(5);
    expect(await cloud.count('renditions', 'dead')).toEqual({ visible: 7, inFlight: 0 });
  });

  it('does not chase messages that came after it had looked', async () => {
    await failedLetter();
    const surveyed = await look();
    await failedLetter();

    const { done } = await redrive(
      cloud.stage,
      { ...surveyed, isComplete: false },
      surveyed.letters,
      options,
      quiet,
    );

    expect(done).toBe(1);
    expect(await cloud.count('metadata', 'dead')).toEqual({ visible: 1, inFlight: 0 });
  });

  it('deletes nothing that it could not send', async () => {
    await failedLetter();
    const surveyed = await look();

    const acted = await act(cloud.stage, surveyed.letters, async () => [], options, quiet);

    expect(acted).toEqual({ done: 0, kept: 1, vanished: 0 });
  });

  it('tells of messages that somebody else took meanwhile', async () => {
    await failedLetter();
    const surveyed = await look();
    await cloud.drain(cloud.queuesOf('metadata').dead.url);

    const acted = await act(cloud.stage, surveyed.letters, async (letters) => letters, options, quiet);

    expect(acted).toEqual({ done: 0, kept: 0, vanished: 1 });
  });

  it('lets SQS move them only when all go and none is marked', async () => {
    await failedLetter();
    const failed = await look();
    await rejectedLetter();
    const both = await look();

    expect(canMoveNatively(failed, failed.letters)).toBe(true);
    expect(canMoveNatively({ ...failed, isComplete: false }, failed.letters)).toBe(false);
    expect(canMoveNatively(both, both.letters)).toBe(false);
    expect(canMoveNatively(both, failed.letters)).toBe(false);
  });

  it('has SQS move them, and waits until it has, where the endpoint can', async () => {
    await failedLetter();
    const surveyed = await look();
    const calls: [string, unknown][] = [];
    const answers = [
      { TaskHandle: 'task' },
      { Results: [{ Status: 'RUNNING', ApproximateNumberOfMessagesMoved: 0 }] },
      { Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }] },
    ];
    // The embedded SQS has no such call, so this answers in the form that AWS documents.
    const server = createServer(async (request, response) => {
      const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
      calls.push([String(request.headers['x-amz-target']), body]);
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify(answers[calls.length - 1]));
    });
    await new Promise<void>((fulfil) => server.listen(0, '127.0.0.1', fulfil));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    const sqs = new SQSClient({
      endpoint,
      region: 'eu-central-1',
      credentials,
      useQueueUrlAsEndpoint: false,
    });
    const stage = { ...cloud.stage, clients: { ...cloud.stage.clients, sqs } };

    const redriven = await redrive(stage, surveyed, surveyed.letters, options, quiet);

    server.close();
    sqs.destroy();
    const { source, dead } = cloud.queuesOf('metadata');
    expect(redriven).toEqual({ how: 'native', done: 1, kept: 0, vanished: 0 });
    expect(calls).toEqual([
      ['AmazonSQS.StartMessageMoveTask', { SourceArn: dead.arn, DestinationArn: source.arn }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dead.arn, MaxResults: 1 }],
      ['AmazonSQS.ListMessageMoveTasks', { SourceArn: dead.arn, MaxResults: 1 }],
    ]);
  });
});

describe('npm run dlq', () => {
  it('lists as JSON, changes nothing without --yes, then redrives and purges what it is told to', async () => {
    await failedLetter();
    await rejectedLetter(uuidv7(), 'too-large');

    const listed = json(await runTool('dlq', ['list', '--json']));
    const dryRun = await runTool('dlq', ['redrive']);
    const counts = [await cloud.count('metadata', 'dead'), await cloud.count('renditions', 'dead')];
    const purged = json(await runTool('dlq', ['purge', '--code', 'too-large', '--yes', '--json']));
    const redriven = json(await runTool('dlq', ['redrive', '--yes', '--json']));

    expect(listed).toMatchObject({ messages: 2, groups: [{ count: 1 }, { count: 1 }] });
    expect(dryRun).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('add --yes to redrive them'),
    });
    expect(counts).toMatchObject([{ visible: 1 }, { visible: 1 }]);
    expect(purged).toMatchObject({ messages: 1, purged: { done: 1 } });
    expect(redriven).toMatchObject({ messages: 1, redriven: { done: 1, how: 'letter by letter' } });
    expect(await cloud.count('metadata', 'source')).toMatchObject({ visible: 1 });
  });

  it.each([
    ['a command it does not know', ['explode']],
    ['an option it does not know', ['list', '--everything']],
    ['an age it cannot read', ['list', '--older-than', 'yesterday']],
    ['show without a message', ['show']],
  ])('refuses %s with exit code 2 and one line', async (_what, args) => {
    const { exitCode, stderr } = await runTool('dlq', args);

    expect(exitCode).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('See --help');
  });

  it('names the stage and the place when there is no such stage', async () => {
    const { exitCode, stderr } = await runTool('dlq', ['list', '--stage', `nowhere-${randomUUID()}`]);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no queue darkroom-nowhere-.* is stage nowhere-.* deployed there\?\n$/);
  });
});
