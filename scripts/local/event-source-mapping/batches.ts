// Receives one batch from a queue: what is there at once, or what a batching window brings together.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
import { setTimeout as sleep } from 'node:timers/promises';
import { type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

const maxReceivedAtOnce = 10;
// A long poll is never broken off: the queue would hand its messages to nobody. So it is short instead.
const longPollSeconds = 2;

export interface BatchSource {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
}

/**
 * Waits up to two seconds for a first message, then gathers until the batch is full or the window,
 * which begins with that message, is over.
 *
 * @returns the messages; empty when none came.
 */
export async function receiveBatch(source: BatchSource): Promise<Message[]> {
  const batch = await receive(source, source.batchSize, longPollSeconds);
  const windowEndsAt = performance.now() + source.batchingWindowSeconds * 1000;
  while (batch.length > 0 && batch.length < source.batchSize && source.batchingWindowSeconds > 0) {
    const remainingSeconds = (windowEndsAt - performance.now()) / 1000;
    if (remainingSeconds <= 0) break;
    const wholeSeconds = Math.min(Math.floor(remainingSeconds), longPollSeconds);
    // SQS waits for whole seconds only; the rest of the window is slept away.
    if (wholeSeconds === 0) await sleep(remainingSeconds * 1000);
    batch.push(...(await receive(source, source.batchSize - batch.length, wholeSeconds)));
  }
  return batch;
}

async function receive({ sqs, queueUrl }: BatchSource, wanted: number, WaitTimeSeconds: number) {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, maxReceivedAtOnce),
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages ?? [];
}
