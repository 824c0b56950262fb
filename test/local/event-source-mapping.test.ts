// The event source mapping against the embedded queues, with a function that each test writes for itself.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { closeMappings } from '../../scripts/local/event-source-mapping/close-mappings.ts';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  type Invoke,
  startEventSourceMapping,
} from '../../scripts/local/event-source-mapping/mapping.ts';
import {
  countMessages,
  eventually,
  makeFolder,
  startTestEngines,
  type TestEngines,
} from './engines-fixture.ts';

let engines: TestEngines;
let folder: Awaited<ReturnType<typeof makeFolder>>;
const running: EventSourceMapping[] = [];
const empty = { visible: 0, inFlight: 0 };

beforeAll(async () => {
  folder = await makeFolder();
  engines = await startTestEngines(folder.path);
});

afterEach(async () => {
  await closeMappings(running.splice(0), engines.endLongPolls);
});

afterAll(async () => {
  await engines.close();
  await folder.remove();
});

async function makeQueue(attributes: Record<string, string> = {}) {
  const { sqs } = engines.clients;
  const { QueueUrl = '' } = await sqs.send(
    new CreateQueueCommand({ QueueName: randomUUID(), Attributes: attributes }),
  );
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  return { url: QueueUrl, arn: Attributes?.QueueArn ?? '' };
}

async function send(queueUrl: string, bodies: string[]) {
  const Entries = bodies.map((body, index) => ({ Id: String(index), MessageBody: body }));
  await engines.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
}

function map(
  queue: { url: string; arn: string },
  invoke: Invoke,
  options: Partial<EventSourceMappingOptions> = {},
) {
  const lines: string[] = [];
  running.push(
    startEventSourceMapping({
      sqs: engines.clients.sqs,
      invoke,
      report: (line) => lines.push(line),
      functionName: 'a-function',
      queueUrl: queue.url,
      queueArn: queue.arn,
      batchSize: 10,
      batchingWindowSeconds: 0,
      maximumConcurrency: 2,
      reportsBatchItemFailures: true,
      ...options,
    }),
  );
  return lines;
}

const settled = (queue: { url: string }) =>
  eventually(async () => expect(await countMessages(engines, queue.url)).toEqual(empty));

const bodies = (event: SQSEvent) => event.Records.map((record) => record.body);
const receiveCount = (record: SQSRecord | undefined) => Number(record?.attributes.ApproximateReceiveCount);

describe('the event source mapping', () => {
  it('deletes every message of a batch that the function accepts', async () => {
    const queue = await makeQueue();
    await send(queue.url, ['a', 'b', 'c']);
    const seen: string[] = [];

    map(queue, async (_name, event) => {
      seen.push(...bodies(event));
      return null;
    });

    await settled(queue);
    expect(seen.sort()).toEqual(['a', 'b', 'c']);
  });

  it('keeps exactly what the function reports as failed, and gives it again with a higher receive count', async () => {
    const queue = await makeQueue({ VisibilityTimeout: '1' });
    const received: [body: string, count: number][] = [];
    await send(queue.url, ['good', 'bad', 'fine']);

    map(queue, async (_name, { Records }) => {
      received.push(...Records.map((record) => [record.body, receiveCount(record)] as [string, number]));
      const bad = Records.filter((record) => record.body === 'bad' && receiveCount(record) === 1);
      return { batchItemFailures: bad.map((record) => ({ itemIdentifier: record.messageId })) };
    });

    await settled(queue);
    expect(received.slice(0, 3).sort()).toEqual([
      ['bad', 1],
      ['fine', 1],
      ['good', 1],
    ]);
    expect(received.slice(3)).toEqual([['bad', 2]]);
  });

  it.each<[what: string, invoke: Invoke, line: RegExp]>([
    ['the function throws', async () => Promise.reject(new Error('no luck')), /batch of 2 failed.*no luck/],
    [
      'the function names a message that is not in the batch',
      async () => ({ batchItemFailures: [{ itemIdentifier: 'stranger' }] }),
      /itemIdentifier "stranger"/,
    ],
    ['the answer is malformed', async () => ({ batchItemFailures: 'all' }), /not a list/],
  ])('deletes nothing when %s', async (_what, invoke, line) => {
    const queue = await makeQueue();
    await send(queue.url, ['a', 'b']);

    const lines = map(queue, invoke);

    await eventually(() => expect(lines).toEqual([expect.stringMatching(line)]));
    expect(await countMessages(engines, queue.url)).toEqual({ visible: 0, inFlight: 2 });
  });

  it('takes no notice of reports when the mapping does not ask for them', async () => {
    const queue = await makeQueue();
    await send(queue.url, ['a']);

    map(
      queue,
      async (_name, { Records }) => ({
        batchItemFailures: Records.map((record) => ({ itemIdentifier: record.messageId })),
      }),
      { reportsBatchItemFailures: false },
    );

    await settled(queue);
  });

  it('runs no more invocations than its maximum, and leaves other messages in the queue meanwhile', async () => {
    const queue = await makeQueue();
    await send(queue.url, ['1', '2', '3', '4', '5', '6']);
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
    expect(await countMessages(engines, queue.url)).toEqual({ visible: 4, inFlight: 2 });
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

    await send(queue.url, ['a']);
    await eventually(async () => expect((await countMessages(engines, queue.url)).inFlight).toBe(1));
    await send(queue.url, ['b']);
    await eventually(async () => expect((await countMessages(engines, queue.url)).inFlight).toBe(2));
    expect(batches).toEqual([]);
    await send(queue.url, ['c']);

    await settled(queue);
    expect(batches).toEqual([['a', 'b', 'c']]);
  });

  it('invokes with what it has when the batching window is over', async () => {
    const queue = await makeQueue();
    const batches: string[][] = [];
    await send(queue.url, ['a']);

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

  it('sees a message that keeps failing in the DLQ after its maximum of receives', async () => {
    const deadLetters = await makeQueue();
    const queue = await makeQueue({
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 3 }),
    });
    const counts: number[] = [];
    await engines.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: 'hopeless',
        MessageAttributes: { kept: { DataType: 'String', StringValue: 'yes' } },
      }),
    );

    map(
      queue,
      async (_name, { Records }) => {
        counts.push(receiveCount(Records[0]));
        throw new Error('again');
      },
      { maximumConcurrency: 1 },
    );

    await eventually(async () => expect((await countMessages(engines, deadLetters.url)).visible).toBe(1));
    expect(counts).toEqual([1, 2, 3]);
    const { Messages } = await engines.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetters.url, MessageAttributeNames: ['All'] }),
    );
    expect(Messages?.[0]).toMatchObject({
      Body: 'hopeless',
      MessageAttributes: { kept: { StringValue: 'yes' } },
    });
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
    await send(queue.url, ['a']);
    const { promise: opened, resolve: open } = Promise.withResolvers<void>();
    const happened: string[] = [];
    map(queue, async () => {
      happened.push('invoked');
      await opened;
      await sleep(50);
      happened.push('answered');
    });
    await eventually(() => expect(happened).toEqual(['invoked']));

    const closed = closeMappings(running.splice(0), engines.endLongPolls).then(() => happened.push('closed'));
    open();
    await closed;

    expect(happened).toEqual(['invoked', 'answered', 'closed']);
    expect(await countMessages(engines, queue.url)).toEqual(empty);
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
