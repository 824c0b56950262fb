// How an event source mapping receives, gathers and hands over messages, over the embedded queues.
import { setTimeout as sleep } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { eventually } from './support/engines.ts';
import { bodies, useMappings } from './support/mappings.ts';

const { closeAll, count, engines, makeQueue, map, send, settled } = useMappings();

describe('the event source mapping', () => {
  it('runs no more invocations than its maximum, and leaves other messages in the queue meanwhile', async () => {
    const queue = await makeQueue();
    await send(queue, ['1', '2', '3', '4', '5', '6']);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    let busy = 0;
    let busiest = 0;

    map(
      queue,
      async () => {
        busy += 1;
        busiest = Math.max(busiest, busy);
        await opened;
        busy -= 1;
        return null;
      },
      { batchSize: 1, maximumConcurrency: 2 },
    );

    await eventually(() => expect(busy).toBe(2));
    await sleep(50);
    expect(await count(queue)).toEqual({ visible: 4, inFlight: 2 });
    open();
    await settled(queue);
    expect(busiest).toBe(2);
  });

  it('gathers messages through the batching window until the batch is full', async () => {
    const queue = await makeQueue();
    const batches: string[][] = [];
    map(
      queue,
      async (_name, event) => {
        batches.push(bodies(event).sort());
        return null;
      },
      { batchSize: 3, batchingWindowSeconds: 60 },
    );

    await send(queue, ['a']);
    await eventually(async () => expect((await count(queue)).inFlight).toBe(1));
    await send(queue, ['b']);
    await eventually(async () => expect((await count(queue)).inFlight).toBe(2));
    expect(batches).toEqual([]);
    await send(queue, ['c']);

    await settled(queue);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('invokes with what it has when the batching window is over', async () => {
    const queue = await makeQueue();
    const batches: string[][] = [];
    await send(queue, ['a']);

    map(
      queue,
      async (_name, event) => {
        batches.push(bodies(event));
        return null;
      },
      { batchSize: 3, batchingWindowSeconds: 0.3 },
    );

    await settled(queue);
    expect(batches).toEqual([['a']]);
  });

  it('shows the function records of the shape that Lambda gives', async () => {
    const queue = await makeQueue();
    const { promise, resolve } = Promise.withResolvers<SQSRecord | undefined>();
    await engines.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: 'body',
        MessageAttributes: {
          text: { DataType: 'String', StringValue: 'one' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from('two') },
        },
      }),
    );

    map(queue, async (name, { Records }) => {
      expect(name).toBe('a-function');
      resolve(Records[0]);
    });

    expect(await promise).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'body',
      md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        text: { stringValue: 'one', stringListValues: [], binaryListValues: [], dataType: 'String' },
        bytes: { binaryValue: 'dHdv', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      eventSource: 'aws:sqs',
      eventSourceARN: queue.arn,
      awsRegion: 'eu-central-1',
    });
  });

  it('lets the invocation under way finish before it is closed', async () => {
    const queue = await makeQueue();
    await send(queue, ['a']);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const happened: string[] = [];
    map(queue, async () => {
      happened.push('invoked');
      await opened;
      await sleep(50);
      happened.push('answered');
    });
    await eventually(() => expect(happened).toEqual(['invoked']));

    const closed = closeAll().then(() => happened.push('closed'));
    open();
    await closed;

    expect(happened).toEqual(['invoked', 'answered', 'closed']);
    expect(await count(queue)).toEqual({ visible: 0, inFlight: 0 });
  });

  it('goes on polling after the queue could not be reached', async () => {
    const lines = map(
      { url: `${engines.endpoint}/000000000000/no-such-queue`, arn: 'arn:aws:sqs:x:0:q' },
      async () => null,
    );

    await eventually(() => expect(lines.length).toBeGreaterThan(1));
    expect(lines[0]).toContain('Polling arn:aws:sqs:x:0:q failed');
  });
});
