// Hands the messages of each queue to its worker, as Lambda's event source mapping does on behalf of the worker's role.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import { createSqsClient } from '../../../shared/aws/clients.ts';
import { tasks } from '../../../shared/domain/tasks.ts';
import { sqsEvent } from '../../support/events.ts';
import type { Recorder } from './recorder.ts';
import type { StageFunctions } from './stage-functions.ts';

export function startWorkers(recorder: Recorder, { cloud, invoke }: StageFunctions) {
  const mappings = tasks.map((task) => {
    recorder.maker = task;
    return { task, sqs: createSqsClient(), QueueUrl: cloud.environmentOf(task)['QUEUE_URL'] ?? '' };
  });
  recorder.maker = 'the test';

  async function receive({ sqs, QueueUrl }: (typeof mappings)[number]): Promise<Message[]> {
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        ...{ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 },
        ...{ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
      }),
    );
    return Messages;
  }

  /** Lets each worker have one batch, one after the other. @param receiveCount what SQS is to have counted */
  async function once(receiveCount?: number): Promise<number> {
    const batches = await Promise.all(mappings.map(receive));
    for (const [index, { task, sqs, QueueUrl }] of mappings.entries()) {
      const received = batches[index] ?? [];
      if (received.length === 0) continue;
      const messages = receiveCount === undefined ? received : received.map(counted(receiveCount));
      const { batchItemFailures } = (await invoke(task, sqsEvent(messages))) as SQSBatchResponse;
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { ReceiptHandle } of received.filter(({ MessageId = '' }) => !failed.has(MessageId)))
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return batches.flat().length;
  }

  return {
    once,
    /** From now on, what was the last worker is the first. */
    turnRound: () => void mappings.reverse(),
    /** Until nothing waits any more. */
    async drain(): Promise<void> {
      while ((await once()) > 0);
    },
  };
}

const counted =
  (receiveCount: number) =>
  (message: Message): Message => ({
    ...message,
    Attributes: { ...message.Attributes, ApproximateReceiveCount: String(receiveCount) },
  });
