// The embedded queues over a restart, and where the laptop cloud patches them.
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { countMessages, useEngines } from './support/engines.ts';

const { engines, restart } = useEngines('test');

async function makeQueueWithMessage() {
  const { sqs } = engines.clients;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'queue' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'message' }));
  return QueueUrl ?? '';
}

async function receive(QueueUrl: string) {
  const { Messages } = await engines.clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }),
  );
  return Messages?.[0];
}

describe('the embedded queues', () => {
  it('give a message back at once when its visibility timeout is set to 0, and remember its receive count', async () => {
    const QueueUrl = await makeQueueWithMessage();
    const first = await receive(QueueUrl);

    await engines.clients.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: first?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    await restart();

    const second = await receive(`${engines.endpoint}/000000000000/queue`);
    expect(second?.Body).toBe('message');
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('keep a message in flight over a restart', async () => {
    const QueueUrl = await makeQueueWithMessage();
    await receive(QueueUrl);

    await restart();

    const counts = await countMessages(engines, `${engines.endpoint}/000000000000/queue`);
    expect(counts).toEqual({ visible: 0, inFlight: 1 });
  });

  it('give back at once what was in flight in a queue whose receivers are gone, and in no other', async () => {
    const QueueUrl = await makeQueueWithMessage();
    const other = await engines.clients.sqs.send(new CreateQueueCommand({ QueueName: 'other' }));
    await engines.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: other.QueueUrl, MessageBody: 'message' }),
    );
    for (const url of [QueueUrl, other.QueueUrl ?? '']) await receive(url);
    await restart();

    const urls = ['queue', 'other'].map((name) => `${engines.endpoint}/000000000000/${name}`);
    engines.releaseMessages(urls[0] ?? '');

    const counts = await Promise.all(urls.map((url) => countMessages(engines, url)));
    expect(counts).toEqual([
      { visible: 1, inFlight: 0 },
      { visible: 0, inFlight: 1 },
    ]);
    expect((await receive(urls[0] ?? ''))?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('do not bring a deleted message back, whichever run it was deleted in', async () => {
    await makeQueueWithMessage();
    await restart();
    const QueueUrl = `${engines.endpoint}/000000000000/queue`;
    const message = await receive(QueueUrl);
    await engines.clients.sqs.send(
      new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }),
    );

    await restart();

    const counts = await countMessages(engines, `${engines.endpoint}/000000000000/queue`);
    expect(counts).toEqual({ visible: 0, inFlight: 0 });
  });

  it('tell a queue by the port of today', async () => {
    await makeQueueWithMessage();

    await restart();

    const { QueueUrl } = await engines.clients.sqs.send(new GetQueueUrlCommand({ QueueName: 'queue' }));
    expect(QueueUrl).toBe(`${engines.endpoint}/000000000000/queue`);
  });

  it('refuse by name a call that they do not have', async () => {
    const call = new StartMessageMoveTaskCommand({
      SourceArn: 'arn:aws:sqs:eu-central-1:000000000000:queue',
    });

    await expect(engines.clients.sqs.send(call)).rejects.toThrow('Unknown action: StartMessageMoveTask');
  });
});
