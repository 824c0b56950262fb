// Receives what a queue holds, once each, and gives back what is not wanted: looking must not take anything away.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html
import {
  ChangeMessageVisibilityBatchCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { batchSize, inBatches } from '../operations/batches.ts';
import type { Queue, Stage } from '../operations/stage.ts';

/** In a long look, what was seen first is visible again and comes in between what was not seen yet. */
const maxRepeatedBatches = 10;

export interface ReceiveOptions {
  /** How long nobody else sees a message that was received, unless it is released before. */
  readonly visibilitySeconds: number;
}

/** About how many messages wait in the queue, how many somebody has received and not given back, and how many are not due yet. */
export async function approximateCounts(
  sqs: SQSClient,
  { url }: Queue,
): Promise<{ visible: number; inFlight: number; delayed: number }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return {
    visible: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
    inFlight: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    delayed: Number(Attributes['ApproximateNumberOfMessagesDelayed'] ?? 0),
  };
}

/**
 * Yields batches of messages until the queue has no more to show. A message that comes a second time, because its
 * visibility timeout ended while others were received, is left out.
 */
export async function* receiveAll(
  { clients: { sqs }, isEmulated }: Pick<Stage, 'clients' | 'isEmulated'>,
  { url }: Queue,
  { visibilitySeconds }: ReceiveOptions,
): AsyncGenerator<Message[], void, void> {
  const seen = new Set<string>();
  for (let repeatedBatches = 0; repeatedBatches < maxRepeatedBatches; ) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: batchSize,
        VisibilityTimeout: visibilitySeconds,
        // A short poll asks only some of SQS's servers and may find none of a few messages; an emulator has one.
        WaitTimeSeconds: isEmulated ? 0 : 1,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    const unseen = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
    if (Messages.length === 0) return;
    repeatedBatches = unseen.length === 0 ? repeatedBatches + 1 : 0;
    if (unseen.length === 0) continue;
    for (const { MessageId = '' } of unseen) seen.add(MessageId);
    yield unseen;
  }
}

/** Makes received messages visible again at once. One that is not is visible when its visibility timeout ends. */
export async function release(
  sqs: SQSClient,
  { url }: Queue,
  receiptHandles: readonly string[],
): Promise<void> {
  for (const batch of inBatches(receiptHandles)) {
    const Entries = batch.map((ReceiptHandle, index) => {
      return { Id: String(index), ReceiptHandle, VisibilityTimeout: 0 };
    });
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: url, Entries }));
  }
}
