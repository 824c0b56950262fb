// The DLQ tool on real queues: it tells what is there and disturbs nothing; its commands, as they are typed.
import { randomUUID } from 'node:crypto';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { groupMessages } from '../../scripts/dlq/groups.ts';
import { describeMessage, findMessage, renderMessage } from '../../scripts/dlq/show.ts';
import { isSelected } from '../../scripts/dlq/survey.ts';
import { originalKey } from '../../shared/domain/object-keys.ts';
import { addFailed, addRejected, bodyOf, drainAll, look } from './dead-letter-messages.ts';
import { useOperationsCloud } from './operations-cloud.ts';
import { json, runTool } from './run-tool.ts';

const cloud = useOperationsCloud();
afterEach(() => drainAll(cloud));

describe('looking', () => {
  it('groups messages by queue and code, taking the code of a message that SQS moved from its record', async () => {
    await addRejected(cloud);
    await addRejected(cloud);
    await addFailed(cloud);

    const { messages, isComplete } = await look(cloud);

    const groups = groupMessages(messages, new Date());
    expect(isComplete).toBe(true);
    expect(groups).toMatchObject([
      { queue: 'darkroom-test-rejections', code: 'corrupt-image', count: 2, images: 2 },
      { queue: 'darkroom-test-metadata-dlq', code: 'dependency-unavailable', count: 1, images: 1 },
    ]);
    expect(groups[0]?.oldestMilliseconds).toBeLessThan(60_000);
  });

  it('gives every message back at once', async () => {
    for (let sent = 0; sent < 15; sent += 1) await addRejected(cloud);

    await look(cloud);

    expect(await cloud.count(cloud.stage.rejections)).toEqual({ visible: 15, inFlight: 0, delayed: 0 });
  });

  it('says so when there is more than it may look at', async () => {
    for (let sent = 0; sent < 15; sent += 1) await addRejected(cloud);

    const { messages, isComplete } = await look(cloud, { maxMessages: 10 });

    expect(messages.length).toBeLessThan(15);
    expect(isComplete).toBe(false);
  });

  it('calls a message unknown that neither carries a code nor has a record', async () => {
    await cloud.send(cloud.queuesOf('metadata').dlq, bodyOf(cloud, uuidv7()));

    const { messages } = await look(cloud);

    expect(messages).toMatchObject([{ code: 'unknown', route: 'source-queue' }]);
  });

  it('shows one message decoded, with its record as it is now', async () => {
    const imageId = uuidv7();
    const messageId = await addFailed(cloud, imageId);

    const message = findMessage((await look(cloud)).messages, messageId.slice(0, 8));

    expect(describeMessage(message)).toMatchObject({
      ...{ messageId, imageId, status: 'failed', code: 'dependency-unavailable' },
      events: [{ kind: 'created', key: originalKey(imageId) }],
      record: { metadataTask: { receiveCount: 5 } },
    });
    expect(renderMessage(message, new Date())).toContain('dependency-unavailable: S3 GetObject: SlowDown');
    expect(() => findMessage([message], 'no-such-message')).toThrow('holds a message no-such-message');
  });

  it('selects by queue, code, image and age', async () => {
    const imageId = uuidv7();
    await addRejected(cloud, imageId, 'too-large');
    await addFailed(cloud);
    const { messages } = await look(cloud);
    const codes = (selection: Parameters<typeof isSelected>[1], now = new Date()) =>
      messages.filter((message) => isSelected(message, selection, now)).map(({ code }) => code);

    expect(codes({ queue: 'metadata' })).toEqual(['dependency-unavailable']);
    expect(codes({ queue: 'rejections' })).toEqual(['too-large']);
    expect(codes({ queue: 'darkroom-test-rejections' })).toEqual(['too-large']);
    expect(codes({ queue: 'renditions' })).toEqual([]);
    expect(codes({ code: 'too-large' })).toEqual(['too-large']);
    expect(codes({ imageId })).toEqual(['too-large']);
    expect(codes({ olderThanMilliseconds: 3_600_000 })).toEqual([]);
    const later = new Date(Date.now() + 7_200_000);
    expect(codes({ olderThanMilliseconds: 3_600_000 }, later)).toHaveLength(2);
  });
});

describe('npm run dlq', () => {
  it('lists as JSON, changes nothing without --yes, then redrives and purges what it is told to', async () => {
    await addFailed(cloud);
    await addRejected(cloud, uuidv7(), 'too-large');

    const listed = json(await runTool('dlq', ['list', '--json']));
    const dryRun = await runTool('dlq', ['redrive']);
    const counts = [
      await cloud.count(cloud.queuesOf('metadata').dlq),
      await cloud.count(cloud.stage.rejections),
    ];
    const purged = json(await runTool('dlq', ['purge', '--code', 'too-large', '--yes', '--json']));
    const redriven = json(await runTool('dlq', ['redrive', '--yes', '--json']));

    expect(listed).toMatchObject({ messages: 2, groups: [{ count: 1 }, { count: 1 }] });
    expect(dryRun).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('add --yes to redrive them'),
    });
    expect(counts).toMatchObject([{ visible: 1 }, { visible: 1 }]);
    expect(purged).toMatchObject({ messages: 1, purged: { done: 1 } });
    expect(redriven).toMatchObject({ messages: 1, redriven: { done: 1, how: 'message by message' } });
    expect(await cloud.count(cloud.queuesOf('metadata').source)).toMatchObject({ visible: 1 });
  });

  it.each([
    ['a command it does not know', ['explode']],
    ['an option it does not know', ['list', '--everything']],
    ['an age it cannot read', ['list', '--older-than', 'yesterday']],
    ['show without a message', ['show']],
    ['a queue that it does not know', ['list', '--queue', 'thumbnails']],
    ['a code that it does not know', ['list', '--code', 'too-blue']],
    ['a row a message where nothing is listed', ['purge', '--each']],
  ])('refuses %s with exit code 2 and one line', async (_what, args) => {
    const { exitCode, stderr } = await runTool('dlq', args);

    expect(exitCode).toBe(2);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('See npm run dlq -- --help.');
  });

  it('names the queues and the codes that it knows', async () => {
    const [queue, code] = await Promise.all([
      runTool('dlq', ['list', '--queue', 'thumbnails']),
      runTool('dlq', ['list', '--code', 'too-blue']),
    ]);

    expect(queue.stderr).toContain(
      'There is no queue thumbnails: there are renditions, metadata, rejections.',
    );
    expect(code.stderr).toContain('one of unsupported-format, corrupt-image, ');
    expect(code.stderr).toContain(', internal, unknown');
  });

  it('counts what the system failed at apart from what files are to blame for', async () => {
    await addFailed(cloud);
    await addRejected(cloud);
    await addRejected(cloud);

    const { stdout } = await runTool('dlq', ['list']);

    expect(stdout).toContain('1 dead letter messages and 2 of rejected files, of stage test at ');
  });

  it('lists a row for each message, with its image, age, receives and the reason', async () => {
    const imageId = uuidv7();
    const messageId = await addRejected(cloud, imageId);

    const { stdout } = await runTool('dlq', ['list', '--each']);
    const listed = json(await runTool('dlq', ['list', '--each', '--json']));

    const row = stdout.split('\n').find((line) => line.includes(messageId.slice(0, 8)));
    expect(row).toMatch(
      new RegExp(`rejections .* corrupt-image .* ${imageId} .* 1 .* premature end of JPEG`),
    );
    expect(listed).toMatchObject({ each: [{ messageId, imageId, code: 'corrupt-image', receiveCount: 2 }] });
  });

  it('does not say that there is nothing while a message is in flight', async () => {
    await addFailed(cloud);
    const { dlq } = cloud.queuesOf('metadata');
    const { clients } = cloud.stage;
    const { Messages } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dlq.url, VisibilityTimeout: 600 }),
    );
    expect(Messages).toHaveLength(1);

    const { stdout } = await runTool('dlq', ['list']);

    expect(stdout).toContain('No message of stage test at ');
    expect(stdout).toContain('1 more are in flight');
    expect(stdout).not.toMatch(/\b0 dead letter/);
    await clients.sqs.send(
      new ChangeMessageVisibilityCommand({
        ...{ QueueUrl: dlq.url, ReceiptHandle: Messages?.[0]?.ReceiptHandle, VisibilityTimeout: 0 },
      }),
    );
  });

  it('names the stage and the place when there is no such stage', async () => {
    const { exitCode, stderr } = await runTool('dlq', ['list', '--stage', `nowhere-${randomUUID()}`]);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no queue darkroom-nowhere-.* is stage nowhere-.* deployed there\?\n$/);
  });
});
