// Hears of originals that arrive and of images that are settled, as any consumer of the topics does.

import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import { batchesOf } from '../client/messages.ts';
import { subscribeQueue } from '../client/subscribe-queue.ts';
import type { Stage } from '../operations/stage.ts';

/** How many arrivals are remembered: more than are ever on their way at once. */
const remembered = 10_000;
const waitSeconds = 20;

/** What S3 tells of an object, as far as it is looked at: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
interface S3Message {
  readonly Records?: readonly {
    readonly eventTime: string;
    readonly s3: { readonly object: { readonly key: string } };
  }[];
}

/**
 * Tells of every image that is settled from now on, until the signal is aborted.
 * @param tell `arrivedAt`, in milliseconds since the epoch, is when S3 had the original
 */
export async function followImages(
  { clients, name, uploadsTopicArn, imageEventsTopicArn }: Stage,
  tell: (event: ImageEvent, arrivedAt: number | undefined) => void,
  signal: AbortSignal,
): Promise<void> {
  const queueUrl = await subscribeQueue(clients, `darkroom-${name}-terminal`, [
    uploadsTopicArn,
    imageEventsTopicArn,
  ]);
  const arrivals = new Map<string, number>();
  const hear = (message: ImageEvent | S3Message) => {
    if ('imageId' in message) {
      tell(message, arrivals.get(message.imageId));
      arrivals.delete(message.imageId);
      return;
    }
    for (const { eventTime, s3 } of message.Records ?? []) {
      arrivals.set(s3.object.key.split('/').at(-1) ?? '', Date.parse(eventTime));
      const [oldest] = arrivals.keys();
      if (arrivals.size > remembered && oldest !== undefined) arrivals.delete(oldest);
    }
  };
  for await (const batch of batchesOf(clients.sqs, queueUrl, waitSeconds)) {
    if (signal.aborted) return;
    for (const { Body = '' } of batch) {
      const message = messageIn(Body);
      if (message) hear(message);
    }
  }
}

/** Whoever may publish to a topic may publish anything: what is no message is for the workers to put aside. */
function messageIn(body: string): ImageEvent | S3Message | undefined {
  try {
    const message: unknown = JSON.parse(body);
    return typeof message === 'object' && message !== null ? (message as ImageEvent | S3Message) : undefined;
  } catch {
    return undefined;
  }
}
