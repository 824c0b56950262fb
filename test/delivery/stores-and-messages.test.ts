// The adapters of S3, SQS and SNS keep their contracts on the engines that speak those protocols.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Message } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll } from 'vitest';
import { subscribeToImageEvents } from '../../scripts/client/image-events.ts';
import { takeAllMessages } from '../../scripts/client/messages.ts';
import { type LaptopCloud, startLaptopCloud } from '../../scripts/local/cloud.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createOriginalStore } from '../../shared/aws/original-store.ts';
import { createRenditionStore } from '../../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../../shared/aws/uploaded-originals.ts';
import { createUploadsTopic } from '../../shared/aws/uploads-topic.ts';
import { createWorkQueue } from '../../shared/aws/work-queue.ts';
import { parseOriginalEvents } from '../../shared/domain/events/s3-event.ts';
import type { MessagePutAside } from '../../shared/processing/ports.ts';
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
  const deadLetters = cloud.ref('MetadataDeadLetterQueue');
  const rejections = cloud.ref('RejectionsQueue');
  const imageEventsTopic = cloud.ref('ImageEventsTopic');
  const consumer = await subscribeToImageEvents(cloud.clients, imageEventsTopic);
  const heard = async (queueUrl: string) => takeAllMessages(sqs, queueUrl);
  return {
    queue: createWorkQueue(sqs, { queue: cloud.ref('MetadataQueue'), deadLetters, rejections }),
    imageEvents: createImageEvents(sns, imageEventsTopic),
    uploads: createUploadsTopic(sns, cloud.ref('UploadsTopic')),
    rejectedMessages: async () => (await heard(rejections)).map(messagePutAside),
    deadLetterMessages: async () => (await heard(deadLetters)).map(messagePutAside),
    publishedEvents: () => consumer.all(),
    async republishedOriginals() {
      const messages = await heard(cloud.ref('MetadataQueue'));
      const events = messages.flatMap(({ Body = '' }) => parseOriginalEvents(Body, 'originals'));
      // The queue hears of the objects of other tests as well: those are in a bucket of the template.
      return events.filter(({ bucket }) => bucket === 'originals');
    },
  };
});

function messagePutAside({ Body = '', MessageAttributes = {} }: Message): MessagePutAside {
  const value = (name: string) => MessageAttributes[name]?.StringValue;
  const imageId = value('imageId');
  return {
    body: Body,
    failureCode: value('failureCode') as MessagePutAside['failureCode'],
    failureMessage: value('failureMessage') ?? '',
    ...(imageId !== undefined && { imageId }),
  };
}
