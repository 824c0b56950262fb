// A laptop cloud for the operator's tools, with nobody polling its queues, and what tests put into it and read from it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import { subscribeToImageEvents } from '../../scripts/client/image-events.ts';
import { takeAllMessages } from '../../scripts/client/messages.ts';
import { approximateCounts } from '../../scripts/dlq/receive.ts';
import { startLaptopCloud } from '../../scripts/local/cloud.ts';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { openStage, type Queue } from '../../scripts/operations/stage.ts';
import { itemOf, recordOf } from '../../shared/aws/stored-record.ts';
import { createdNotification } from '../../shared/domain/events/s3-notification.ts';
import { normalizeSequencer } from '../../shared/domain/events/sequencer.ts';
import type { ImageRecord } from '../../shared/domain/image-record.ts';
import type { Task } from '../../shared/domain/tasks.ts';

export const stageName = 'test';
export const sequencer = normalizeSequencer('0055AED6DCD90281E5');

export type OperationsCloud = Awaited<ReturnType<typeof startOperationsCloud>>;

/** Starts the cloud before the tests of a file, and closes it after them. */
export function useOperationsCloud(): OperationsCloud {
  // Filled before the first test.
  const cloud = {} as OperationsCloud;
  beforeAll(async () => {
    Object.assign(cloud, await startOperationsCloud());
  });
  afterAll(() => cloud.close());
  return cloud;
}

/** Starts the cloud; the tools, in this process or in children, find it by the environment and the stage's name. */
async function startOperationsCloud() {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-operations-'));
  const service = await compileProject({ stage: stageName });
  const cloud = await startLaptopCloud({ dataDir, awsPort: 0, service });
  Object.assign(process.env, cloud.environment);
  const stage = await openStage({ stage: stageName });
  const { s3, sqs, table } = stage.clients;

  const queuesOf = (task: Task) => {
    const queues = stage.queues.find((candidate) => candidate.task === task);
    if (queues === undefined) throw new Error(`no queues of ${task}`);
    return queues;
  };

  const imageEvents = await subscribeToImageEvents(stage.clients, stage.imageEventsTopicArn);

  return {
    stage,
    dataDir,
    endpoint: cloud.endpoint,
    queuesOf,
    /** Takes everything out of a queue. */
    drain: (queueUrl: string) => takeAllMessages(sqs, queueUrl),
    put: (record: ImageRecord) =>
      table.send(new PutCommand({ TableName: stage.tableName, Item: itemOf(record.imageId, record) })),
    async read(imageId: string): Promise<ImageRecord | undefined> {
      const { Item } = await table.send(
        new GetCommand({ TableName: stage.tableName, Key: { imageId }, ConsistentRead: true }),
      );
      return Item && recordOf(Item);
    },
    putObject: (bucket: string, key: string, body = 'bytes') =>
      s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body })),
    /** A message that was put aside; with a code, as a worker leaves it, and without, as SQS does. */
    async send({ url }: Queue, body: string, attributes: Record<string, string> = {}): Promise<string> {
      const { MessageId = '' } = await sqs.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: body,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [
              name,
              { DataType: 'String', StringValue },
            ]),
          ),
        }),
      );
      return MessageId;
    },
    /** Image events since the last time. */
    announced: () => imageEvents.all(),
    count: (queue: Queue) => approximateCounts(sqs, queue),
    async close() {
      for (const client of Object.values(stage.clients)) client.destroy();
      for (const name of Object.keys(cloud.environment)) delete process.env[name];
      await cloud.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The body of an upload's message. */
export function createdBody(bucket: string, key: string, at: string = sequencer): string {
  return createdNotification(
    { bucket, key, eTag: 'd41d8cd98f00b204e9800998ecf8427e', bytes: 5 },
    at,
    new Date(),
  );
}
