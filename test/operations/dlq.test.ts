// The DLQ tool on real queues: it tells what is there and disturbs nothing; its commands, as they are typed.
import { randomUUID } from 'node:crypto';
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
      { queue: 'darkroom-test-renditions-dlq', code: 'corrupt-image', count: 2, images: 2 },
      { queue: 'darkroom-test-metadata-dlq', code: 'dependency-unavailable', count: 1, images: 1 },
    ]);
    expect(groups[0]?.oldestMilliseconds).toBeLessThan(60_000);
  });

  it('gives every message back at once', async () => {
    for (let sent = 0; sent < 15; sent += 1) await addRejected(cloud);

    await look(cloud);

    expect(await cloud.count('renditions', 'dlq')).toEqual({ visible: 15, inFlight: 0 });
  });

  it('says so when there is more than it may look at', async () => {
    for (let sent = 0; sent < 15; sent += 1) await addRejected(cloud);

    const { messages, isComplete } = await look(cloud, { maxMessages: 10 });

    expect(messages.length).toBeLessThan(15);
    expect(isComplete).toBe(false);
  });

  it('calls a message unknown that neither carries a code nor has a record', async () => {
    await cloud.sendToDlq('metadata', bodyOf(cloud, uuidv7()));

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
    expect(() => findMessage([message], 'no-such-message')).toThrow('No DLQ holds a message');
  });

  it('selects by queue, code, image and age', async () => {
    const imageId = uuidv7();
    await addRejected(cloud, imageId, 'too-large');
    await addFailed(cloud);
    const { messages } = await look(cloud);
    const codes = (selection: Parameters<typeof isSelected>[1], now = new Date()) =>
      messages.filter((message) => isSelected(message, selection, now)).map(({ code }) => code);

    expect(codes({ queue: 'metadata' })).toEqual(['dependency-unavailable']);
    expect(codes({ queue: 'darkroom-test-renditions-dlq' })).toEqual(['too-large']);
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
    const counts = [await cloud.count('metadata', 'dlq'), await cloud.count('renditions', 'dlq')];
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
    expect(stderr).toContain('See npm run dlq -- --help.');
  });

  it('names the stage and the place when there is no such stage', async () => {
    const { exitCode, stderr } = await runTool('dlq', ['list', '--stage', `nowhere-${randomUUID()}`]);

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^There is no queue darkroom-nowhere-.* is stage nowhere-.* deployed there\?\n$/);
  });
});
