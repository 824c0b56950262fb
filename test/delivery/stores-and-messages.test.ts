// The adapters of S3, SQS and SNS keep their contracts on the engines that speak those protocols.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll } from 'vitest';
import { type LaptopCloud, startLaptopCloud } from '../../scripts/local/cloud.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createOriginalStore } from '../../shared/aws/original-store.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../../shared/aws/uploaded-originals.ts';
import { createUploadsTopic } from '../../shared/aws/uploads-topic.ts';
import { createWorkQueue } from '../../shared/aws/work-queue.ts';
import type { ImageEvent } from '../../shared/domain/events/image-event.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import type { DeadLetterMessage } from '../../shared/processing/ports.ts';
import { messagesContract } from '../support/contracts/messages.ts';
import { originalStoreContract, renditionStoreContract } from '../support/contracts/stores.ts';

let cloud: LaptopCloud;
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'darkroom-stores-'));
  cloud = await startLaptopCloud({ dataDir, awsPort: 0 });
});
afterAll(async () => {
  await cloud.close();
  await rm(dataDir, { recursive: true, force: true });
});

originalStoreContract(async () => {
  const { s3 } = cloud.clients;
  const bucket = cloud.ref('OriginalsBucket');
  return {
    originals: createOriginalStore(s3),
    uploads: createUploadedOriginals(s3, bucket),
    bucket,
    async put(Key, Body) {
      const { ETag = '' } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      return ETag.replaceAll('"', '');
    },
    async remove(Key) {
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
    },
  };
});

renditionStoreContract(async () => {
  const { s3 } = cloud.clients;
  const bucket = cloud.ref('RenditionsBucket');
  return {
    renditions: createRenditionStore(s3, bucket),
    async stored(Key) {
      const request = s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const object = await request.catch((error: Error) => {
        if (error.name !== 'NoSuchKey') throw error;
      });
      if (object === undefined) return undefined;
      const body = Buffer.from((await object.Body?.transformToByteArray()) ?? []);
      return { body, contentType: object.ContentType ?? '' };
    },
  };
});

messagesContract(async () => {
  const { sqs, sns } = cloud.clients;
  // A topic that nobody else publishes to: S3 itself tells of uploads through that of the template.
  const { TopicArn: uploadsTopic = '' } = await sns.send(new CreateTopicCommand({ Name: 'uploads' }));
  const imageEventsTopic = cloud.ref('ImageEventsTopic');
  const deadLetterQueue = await makeQueue('dead-letters');
  const eventsQueue = await subscribedQueue('image-events', imageEventsTopic);
  const uploadsQueue = await subscribedQueue('uploads', uploadsTopic);

  async function makeQueue(QueueName: string): Promise<string> {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
    return QueueUrl;
  }

  async function subscribedQueue(name: string, TopicArn: string): Promise<string> {
    const QueueUrl = await makeQueue(name);
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    await sns.send(
      new SubscribeCommand({
        ...{ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] },
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    return QueueUrl;
  }

  async function take(QueueUrl: string): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }),
    );
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return Messages;
  }

  return {
    queue: createWorkQueue(sqs, cloud.ref('MetadataQueue'), deadLetterQueue),
    imageEvents: createImageEvents(sns, imageEventsTopic),
    uploads: createUploadsTopic(sns, uploadsTopic),
    deadLetterMessages: async () => (await take(deadLetterQueue)).map(deadLetterMessageOf),
    publishedEvents: async () =>
      (await take(eventsQueue)).map(({ Body = '' }) => JSON.parse(Body) as ImageEvent),
    republishedOriginals: async () =>
      (await take(uploadsQueue)).flatMap(({ Body = '' }) => parseOriginalEvents(Body, 'originals')),
  };
});

function deadLetterMessageOf({ Body = '', MessageAttributes = {} }: Message): DeadLetterMessage {
  const value = (name: string) => MessageAttributes[name]?.StringValue;
  const imageId = value('imageId');
  return {
    body: Body,
    failureCode: value('failureCode') as DeadLetterMessage['failureCode'],
    failureMessage: value('failureMessage') ?? '',
    ...(imageId !== undefined && { imageId }),
  };
}
