// Subscribes to image events, as a consumer of them does: a queue of its own, subscribed to the topic.
import { SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, type Message } from '@aws-sdk/client-sqs';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import type { SdkClients } from '../operations/connection.ts';
import { batchesOf, takeAllMessages } from './messages.ts';

export interface ImageEvents {
  /** Batches as they arrive, for ever; an empty one when none came within the wait. */
  batches(waitSeconds: number): AsyncGenerator<ImageEvent[]>;
  /** All since the last time. @param waitSeconds without one, until they count as all */
  all(waitSeconds?: number): Promise<ImageEvent[]>;
}

/** Hears of every image that is announced from now on. */
export async function subscribeToImageEvents(
  { sns, sqs }: Pick<SdkClients, 'sns' | 'sqs'>,
  topicArn: string,
): Promise<ImageEvents> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'image-events-consumer' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      ...{ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] },
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return {
    async *batches(waitSeconds) {
      for await (const batch of batchesOf(sqs, QueueUrl, waitSeconds)) yield batch.map(eventIn);
    },
    all: async (waitSeconds) => (await takeAllMessages(sqs, QueueUrl, waitSeconds)).map(eventIn),
  };
}

function eventIn({ Body = '' }: Message): ImageEvent {
  return JSON.parse(Body) as ImageEvent;
}
