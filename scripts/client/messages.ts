// Takes messages out of a queue, as a consumer does: received, handled, deleted.
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

/**
 * Yields batches of up to ten messages, for ever; an empty one when none came within the wait. A batch is deleted
 * when the next one is asked for.
 */
export async function* batchesOf(
  sqs: SQSClient,
  QueueUrl: string,
  waitSeconds = 0,
): AsyncGenerator<Message[], never, void> {
  const receive = new ReceiveMessageCommand({
    ...{ QueueUrl, WaitTimeSeconds: waitSeconds, MaxNumberOfMessages: 10 },
    ...{ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] },
  });
  for (;;) {
    const { Messages = [] } = await sqs.send(receive);
    yield Messages;
    if (Messages.length === 0) continue;
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

/** Empties a queue. @param waitSeconds without a message, until it counts as empty */
export async function takeAllMessages(sqs: SQSClient, queueUrl: string, waitSeconds = 0): Promise<Message[]> {
  const all: Message[] = [];
  for await (const batch of batchesOf(sqs, queueUrl, waitSeconds)) {
    if (batch.length === 0) break;
    all.push(...batch);
  }
  return all;
}
