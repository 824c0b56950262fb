// A full disk: calls fail and say so, the process lives, and what was acknowledged is still there after `kill -9`.
import { CreateTableCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, region } from './support/engines.ts';
import { canMount, type SmallDisk, startOnSmallDisk } from './support/small-disk.ts';

const diskMegabytes = 40;
const Bucket = 'objects';
const TableName = 'items';
const filler = 'x'.repeat(30_000);

let disk: SmallDisk;

beforeEach(async () => {
  if (!canMount) return;
  disk = await startOnSmallDisk(diskMegabytes);
  const { s3, dynamodb } = disk.clients;
  await s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }),
  );
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
});
afterEach(() => disk?.close());

const makeQueue = async (QueueName: string, Attributes: Record<string, string> = {}) => {
  const { QueueUrl = '' } = await disk.clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return QueueUrl;
};
const urlOf = async (QueueName: string) =>
  (await disk.clients.sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';

const writers = {
  s3: (id: string) => disk.clients.s3.send(new PutObjectCommand({ Bucket, Key: id, Body: id + filler })),
  sqs: async (id: string) =>
    disk.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: await urlOf('messages'), MessageBody: id + filler }),
    ),
  dynamodb: (id: string) =>
    disk.clients.dynamodb.send(
      new PutItemCommand({ TableName, Item: { id: { S: id }, filler: { S: filler } } }),
    ),
};
type Service = keyof typeof writers;
const services = Object.keys(writers) as Service[];

/** Writes side by side until so many calls of a service have failed. @returns what was acknowledged, and the errors */
async function writeUntilFull(service: Service, failures: number, prefix: string) {
  const acknowledged: string[] = [];
  const errors: Error[] = [];
  const writeOn = async (lane: number) => {
    for (let count = 0; errors.length < failures; count += 1) {
      const id = `${prefix}-${service}-${lane}-${count}`;
      await writers[service](id).then(
        () => acknowledged.push(id),
        (error: Error) => errors.push(error),
      );
    }
  };
  await Promise.all([0, 1, 2, 3].map(writeOn));
  return { acknowledged, errors };
}

/** Has the bucket tell a queue of every upload. */
async function announceUploads(QueueUrl: string): Promise<void> {
  const { sns, sqs, s3 } = disk.clients;
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'uploads' }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const Endpoint = Attributes?.['QueueArn'];
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
  const TopicConfigurations = [{ TopicArn, Events: ['s3:ObjectCreated:*' as const] }];
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: { TopicConfigurations },
    }),
  );
}

async function receiveAll(QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await disk.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    bodies.push(...Messages.map(({ Body = '' }) => Body));
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await disk.clients.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

describe.skipIf(!canMount)('a full disk (skipped where no file system can be mounted)', () => {
  it('fails writes of every service, loses none that was acknowledged, and ends no process', async () => {
    await makeQueue('messages');
    await announceUploads(await makeQueue('announcements'));
    const { pid } = disk;
    disk.fill(3_000_000);

    const full = await Promise.all(services.map((service) => writeUntilFull(service, 12, 'full')));

    expect(disk.pid).toBe(pid);
    for (const { errors } of full) {
      for (const error of errors) expect(error).toMatchObject({ $metadata: { httpStatusCode: 500 } });
    }
    expect(disk.warnings()).toMatch(/The disk of .* is full: free some space/);

    disk.free();
    const again = services.map((service) => `again-${service}`);
    for (const service of services) {
      await eventually(() => writers[service](`again-${service}`));
    }
    await disk.killAndRestart();

    const acknowledged = [...full.flatMap((one) => one.acknowledged), ...again];
    const of = (service: Service) => acknowledged.filter((id) => id.includes(`-${service}`));
    const announcements = await urlOf('announcements');
    const announced: string[] = [];
    await eventually(async () => {
      announced.push(...(await receiveAll(announcements)));
      for (const id of of('s3')) expect(announced.some((message) => message.includes(id))).toBe(true);
    });
    for (const id of of('s3')) {
      const { Body } = await disk.clients.s3.send(new GetObjectCommand({ Bucket, Key: id }));
      expect(await Body?.transformToString()).toBe(id + filler);
    }
    for (const id of of('dynamodb')) {
      const { Item } = await disk.clients.dynamodb.send(
        new GetItemCommand({ TableName, Key: { id: { S: id } } }),
      );
      expect(Item?.['filler']?.S).toBe(filler);
    }
    const received = await receiveAll(await urlOf('messages'));
    expect(received).toEqual(expect.arrayContaining(of('sqs').map((id) => id + filler)));
  }, 60_000);

  it('loses no message that was on its way to a DLQ', async () => {
    const deadUrl = await makeQueue('dead');
    const { Attributes } = await disk.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: ['QueueArn'] }),
    );
    const QueueUrl = await makeQueue('messages', {
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: Attributes?.['QueueArn'], maxReceiveCount: 1 }),
    });
    const bodies = Array.from({ length: 20 }, (_, index) => `${index} ${filler}`);
    for (const MessageBody of bodies) {
      await disk.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    const receive = () =>
      disk.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    await receive();
    await receive();
    disk.fill(0);

    const errors: unknown[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) await receive().catch((error) => errors.push(error));
    disk.free();
    await eventually(async () => expect((await receive()).Messages ?? []).toEqual([]));

    expect(errors.length).toBeGreaterThan(0);
    const numbers = (await receiveAll(deadUrl)).map((body) => Number.parseInt(body, 10));
    expect(numbers.toSorted((left, right) => left - right)).toEqual(bodies.map((_body, index) => index));
  }, 60_000);
});
