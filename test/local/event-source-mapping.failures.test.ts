// What an event source mapping deletes and what it leaves, over the embedded queues.
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Invoke } from '../../scripts/local/event-source-mapping/mapping.ts';
import { eventually } from './support/engines.ts';
import { bodies, receiveCount, useMappings } from './support/mappings.ts';

const { count, engines, makeQueue, map, send, settled } = useMappings();

describe('the outcome of a batch', () => {
  it('deletes every message of a batch that the function accepts', async () => {
    const queue = await makeQueue();
    await send(queue, ['a', 'b', 'c']);
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
    await send(queue, ['good', 'bad', 'fine']);

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
    await send(queue, ['a', 'b']);

    const lines = map(queue, invoke);

    await eventually(() => expect(lines).toEqual([expect.stringMatching(line)]));
    expect(await count(queue)).toEqual({ visible: 0, inFlight: 2 });
  });

  it('takes no notice of reports when the mapping does not ask for them', async () => {
    const queue = await makeQueue();
    await send(queue, ['a']);

    map(
      queue,
      async (_name, { Records }) => ({
        batchItemFailures: Records.map((record) => ({ itemIdentifier: record.messageId })),
      }),
      { reportsBatchItemFailures: false },
    );

    await settled(queue);
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

    await eventually(async () => expect((await count(deadLetters)).visible).toBe(1));
    expect(counts).toEqual([1, 2, 3]);
    const { Messages } = await engines.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: deadLetters.url, MessageAttributeNames: ['All'] }),
    );
    expect(Messages?.[0]).toMatchObject({
      Body: 'hopeless',
      MessageAttributes: { kept: { StringValue: 'yes' } },
    });
  });
});
