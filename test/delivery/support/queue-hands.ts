// What Lambda and time do to the messages of a queue, in a test's hands.

import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import { takeAllMessages } from '../../../scripts/client/messages.ts';
import type { Task } from '../../../shared/domain/tasks.ts';

export function createQueueHands(sqs: SQSClient, queues: Readonly<Record<Task, string>>) {
  async function attemptReceive(QueueUrl: string, WaitTimeSeconds = 0): Promise<Message[]> {
    const everything = { MessageSystemAttributeNames: ['All' as const], MessageAttributeNames: ['All'] };
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds, MaxNumberOfMessages: 10, ...everything }),
    );
    return Messages;
  }

  async function acknowledge(QueueUrl: string, { ReceiptHandle }: Message): Promise<void> {
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }

  /** What time does to a message that nobody has deleted; the worker may have made it visible itself. */
  async function letVisibilityEnd(task: Task, { ReceiptHandle }: Message): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: queues[task],
      ReceiptHandle,
      VisibilityTimeout: 0,
    });
    await sqs.send(command).catch((error: Error) => {
      if (error.name !== 'MessageNotInflight') throw error;
    });
  }

  return {
    attemptReceive,
    letVisibilityEnd,
    /** All that waits in a queue, taken out of it. */
    drain: (queueUrl: string) => takeAllMessages(sqs, queueUrl),

    /** The next messages of a queue, at least one. */
    async receive(queueUrl: string): Promise<Message[]> {
      for (;;) {
        const messages = await attemptReceive(queueUrl, 2);
        if (messages.length > 0) return messages;
      }
    },

    /** Deletes what the worker acknowledged, and makes the rest visible at once. */
    async settleBatch(
      task: Task,
      messages: readonly Message[],
      { batchItemFailures }: SQSBatchResponse,
    ): Promise<void> {
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const message of messages) {
        if (failed.has(message.MessageId ?? '')) await letVisibilityEnd(task, message);
        else await acknowledge(queues[task], message);
      }
    },

    async isEmpty(queueUrl: string): Promise<boolean> {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
      );
      const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      return counts.every((count) => Attributes[count] === '0');
    },
  };
}
