// Subscribes to image events, as a consumer of them does: a queue of its own, subscribed to the topic.
import type { Message } from '@aws-sdk/client-sqs';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import type { SdkClients } from '../operations/connection.ts';
import { batchesOf, takeAllMessages } from './messages.ts';
import { subscribeQueue } from './subscribe-queue.ts';

export interface ImageEvents {
  /** Batches as they arrive, for ever; an empty one when none came within the wait. */
  batches(waitSeconds: number): AsyncGenerator<ImageEvent[]>;
  /** All since the last time. @param waitSeconds without one, until they count as all */
  all(waitSeconds?: number): Promise<ImageEvent[]>;
}

/** Hears of every image that is announced from now on. */
export async function subscribeToImageEvents(
  clients: Pick<SdkClients, 'sns' | 'sqs'>,
  topicArn: string,
): Promise<ImageEvents> {
  const { sqs } = clients;
  const queueUrl = await subscribeQueue(clients, 'image-events-consumer', [topicArn]);
  return {
    async *batches(waitSeconds) {
      for await (const batch of batchesOf(sqs, queueUrl, waitSeconds)) yield batch.map(eventIn);
    },
    all: async (waitSeconds) => (await takeAllMessages(sqs, queueUrl, waitSeconds)).map(eventIn),
  };
}

function eventIn({ Body = '' }: Message): ImageEvent {
  return JSON.parse(Body) as ImageEvent;
}
