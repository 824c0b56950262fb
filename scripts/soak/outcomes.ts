// What became of many images: polled through the API, and counted in the bucket and on the topic.

import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import type { ImageView } from '../../shared/domain/image-view.ts';
import { renditionsPrefix } from '../../shared/domain/object-keys.ts';
import { createApiClient } from '../demo/api.ts';
import type { Stack } from './stack.ts';

const never = new AbortController().signal;
/** More at a time would measure the polling. */
const pollsAtATime = 8;

/** Waits for each to be settled. @throws {Error} when one is not within the time */
export function settledImages(
  { api }: Stack,
  imageIds: readonly string[],
  waitSeconds: number,
): Promise<ImageView[]> {
  const client = createApiClient(api, never);
  const limit = pLimit(pollsAtATime);
  return Promise.all(
    imageIds.map((imageId) => limit(() => client.waitUntilSettled(imageId, waitSeconds, () => {}))),
  );
}

/** What is wrong with an image that should be ready with exactly its renditions stored; nothing if all is well. */
export async function flawIn(
  { clients }: Stack,
  stage: string,
  image: ImageView,
): Promise<string | undefined> {
  const { imageId, status, renditions } = image;
  if (status !== 'ready') return `${imageId} is ${status}: ${JSON.stringify(image.failure)}`;
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({
      Bucket: `darkroom-${stage}-renditions-000000000000`,
      Prefix: renditionsPrefix(imageId),
    }),
  );
  const stored = Contents.map(({ Size }) => Size).sort();
  const listed = renditions.map(({ bytes }) => bytes).sort();
  if (String(stored) === String(listed)) return undefined;
  return `${imageId} lists renditions of ${listed} bytes and has ${stored} stored`;
}

/** Subscribes to image events; the returned function tells how often each image was announced since. */
export async function countAnnouncements(
  { clients: { sns, sqs } }: Stack,
  stage: string,
): Promise<() => Promise<ReadonlyMap<string, number>>> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'soak-image-events' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  await sns.send(
    new SubscribeCommand({
      TopicArn: `arn:aws:sns:eu-central-1:000000000000:darkroom-${stage}-image-events`,
      Protocol: 'sqs',
      Endpoint: Attributes?.['QueueArn'],
      Attributes: { RawMessageDelivery: 'true' },
    }),
  );
  return async () => {
    const counts = new Map<string, number>();
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      if (Messages.length === 0) return counts;
      for (const { Body = '' } of Messages) {
        const { imageId } = JSON.parse(Body) as ImageEvent;
        counts.set(imageId, (counts.get(imageId) ?? 0) + 1);
      }
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  };
}
