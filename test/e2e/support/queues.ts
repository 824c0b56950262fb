// Looks into the DLQs of a running stack.

import { GetQueueUrlCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Stack } from '../../../scripts/soak/stack.ts';

/** What nobody has looked at yet of a queue; it stays there. */
export async function messagesIn({ clients: { sqs } }: Stack, queueName: string): Promise<Message[]> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const messages: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        // Long enough that a test sees no message twice.
        VisibilityTimeout: 300,
      }),
    );
    if (Messages.length === 0) return messages;
    messages.push(...Messages);
  }
}

/** The string attributes of a message, by name. */
export function attributesOf({ MessageAttributes = {} }: Message): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
}
