// Every worker on real queues, topic, buckets and table, with every AWS call they make in the test's hands.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import type { Message } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse } from 'aws-lambda';
import { createReconcileDependencies } from '../../../functions/composition/reconcile.ts';
import { subscribeToImageEvents } from '../../../scripts/client/image-events.ts';
import { startLaptopCloud } from '../../../scripts/local/cloud.ts';
import { compileProject } from '../../../scripts/local/template/compile.ts';
import type { CompiledService } from '../../../scripts/local/template/types.ts';
import { deleteImage } from '../../../shared/api/images/delete-image.ts';
import { createUpload } from '../../../shared/api/uploads/create-upload.ts';
import {
  createCloudFrontClient,
  createS3Client,
  createSnsClient,
  createTableClient,
} from '../../../shared/aws/clients.ts';
import { createImageEvents } from '../../../shared/aws/image-events-topic.ts';
import { createImageTable } from '../../../shared/aws/image-table.ts';
import { createOwnerLedger } from '../../../shared/aws/owner-ledger.ts';
import { createOwnersRemovals } from '../../../shared/aws/owners-removals.ts';
import { createRenditionStore } from '../../../shared/aws/rendition-store.ts';
import { createUploadSigner } from '../../../shared/aws/upload-signer.ts';
import { createUploadedOriginals } from '../../../shared/aws/uploaded-originals.ts';
import { readConfig } from '../../../shared/config.ts';
import type { RepublishedOriginal } from '../../../shared/domain/events/s3-notification.ts';
import type { ImageRecord } from '../../../shared/domain/image-record.ts';
import { renditionsPrefix } from '../../../shared/domain/object-keys.ts';
import type { Task } from '../../../shared/domain/tasks.ts';
import { variants } from '../../../shared/domain/variants.ts';
import { createRenditionObjects } from '../../../shared/processing/rendition-objects.ts';
import type { TaskDefinition } from '../../../shared/processing/task-definition.ts';
import { reconcile } from '../../../shared/reconcile/reconcile.ts';
import { lambdaContext, sqsEvent } from '../../support/events.ts';
import { noLimits } from '../../support/quotas.ts';
import { AwsCalls } from './aws-calls.ts';
import { byTask, createWorkers } from './pipeline-workers.ts';
import { createQueueHands } from './queue-hands.ts';

export type Pipeline = Awaited<ReturnType<typeof startPipeline>>;

export interface PipelineOptions {
  readonly service?: CompiledService;
  /** Tasks beside those of the product, for which `service` has queues and functions. */
  readonly addedTasks?: readonly TaskDefinition[];
  /** Makes clients of another DynamoDB than that of the laptop. */
  readonly createTable?: () => DynamoDBDocumentClient;
}

export async function startPipeline({
  service,
  addedTasks = [],
  createTable = createTableClient,
}: PipelineOptions = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'darkroom-delivery-'));
  const cloud = await startLaptopCloud({
    dataDir,
    awsPort: 0,
    service: service ?? (await compileProject({ stage: 'test' })),
  });
  const { s3, sns, sqs } = cloud.clients;
  const queues = byTask((task) => cloud.ref(`${logicalName(task)}Queue`));
  const deadLetterQueues = byTask((task) => cloud.ref(`${logicalName(task)}DeadLetterQueue`));
  const rejectionsQueue = cloud.ref('RejectionsQueue');
  const originalsBucket = cloud.ref('OriginalsBucket');
  const imageEvents = await subscribeToImageEvents(cloud.clients, cloud.ref('ImageEventsTopic'));
  const calls = new AwsCalls();
  const { workers, closeEngines, ...rest } = createWorkers(cloud, calls, createTable, addedTasks);
  const hands = createQueueHands(sqs, queues);
  const table = createImageTable(createTable(), cloud.ref('ImagesTable'));
  const ledger = createOwnerLedger(createTable(), cloud.ref('ImagesTable'));

  async function handle(task: Task, messages: readonly Message[]): Promise<SQSBatchResponse> {
    const response = await workers[task](sqsEvent(messages), lambdaContext());
    await hands.settleBatch(task, messages, response);
    return response;
  }

  return {
    environment: cloud.environment,
    tableName: cloud.ref('ImagesTable'),
    originalsBucket,
    renditionsBucket: cloud.ref('RenditionsBucket'),
    uploadsTopic: cloud.ref('UploadsTopic'),
    imageEventsTopic: cloud.ref('ImageEventsTopic'),
    table,
    ledger,
    calls,
    workers,
    ...rest,
    ...hands,
    queues,
    deadLetterQueues,
    rejectionsQueue,
    /** Announcements since the last time, oldest first as far as the queue keeps order. */
    imageEvents: () => imageEvents.all(),

    async putOriginal(imageId: string, body: Uint8Array): Promise<void> {
      await s3.send(
        new PutObjectCommand({ Bucket: originalsBucket, Key: `originals/${imageId}`, Body: body }),
      );
    },

    async removeOriginal(imageId: string): Promise<void> {
      await s3.send(new DeleteObjectCommand({ Bucket: originalsBucket, Key: `originals/${imageId}` }));
    },

    /** What S3 has under the image's own key; undefined when there is nothing. */
    async stored(imageId: string): Promise<RepublishedOriginal | undefined> {
      return createUploadedOriginals(s3, originalsBucket).find(imageId);
    },

    async publishAgain(body: string): Promise<void> {
      await sns.send(new PublishCommand({ TopicArn: cloud.ref('UploadsTopic'), Message: body }));
    },

    /** Receives and handles one batch, deletes what the worker acknowledged, and makes the rest visible at once. */
    async handleBatch(task: Task): Promise<SQSBatchResponse> {
      return handle(task, await hands.receive(queues[task]));
    },

    /** Handles what waits, if anything does. */
    async handleWaiting(task: Task): Promise<void> {
      const messages = await hands.attemptReceive(queues[task]);
      if (messages.length > 0) await handle(task, messages);
    },

    /** An upload URL is issued to an owner, for as long as a default stage does. @returns the image's ID */
    async issue(ownerId: string, contentLength = 1): Promise<string> {
      const sign = createUploadSigner(createS3Client(), originalsBucket, 900);
      const dependencies = { table, ledger, limits: noLimits, sign, maxBytes: 1e9 };
      const request = { contentType: 'image/jpeg', contentLength };
      const { body } = await createUpload(dependencies, ownerId, request);
      return (body as { imageId: string }).imageId;
    },

    /** What the owner is answered, who asks the API for it. */
    async deleteImage(imageId: string, ownerId: string): Promise<number> {
      const stores = [s3, cloud.ref('RenditionsBucket')] as const;
      const uploads = createUploadedOriginals(s3, originalsBucket);
      const dependencies = {
        table,
        ledger,
        removals: createOwnersRemovals(createTableClient(), cloud.ref('ImagesTable')),
        objects: createRenditionObjects(createRenditionStore(...stores), uploads, variants),
        imageEvents: createImageEvents(sns, cloud.ref('ImageEventsTopic')),
      };
      return (await deleteImage(dependencies, ownerId, imageId)).status;
    },

    /** A run of the reconciler, as if it were so late. */
    async reconcileAt(now: Date): Promise<void> {
      Object.assign(process.env, cloud.environmentOf('reconcile'));
      const clients = {
        ...{ table: createTable(), s3: createS3Client(), sns: createSnsClient() },
        cloudFront: createCloudFrontClient(),
      };
      const dependencies = createReconcileDependencies(clients, readConfig('reconcile'));
      await reconcile({ ...dependencies, clock: () => now });
    },

    /** The stored renditions of an image: their keys below its prefix, with the ETags of their bytes. */
    async renditionObjects(imageId: string): Promise<Record<string, string>> {
      const Prefix = renditionsPrefix(imageId);
      const { Contents = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: cloud.ref('RenditionsBucket'), Prefix }),
      );
      return Object.fromEntries(Contents.map(({ Key = '', ETag = '' }) => [Key.slice(Prefix.length), ETag]));
    },

    async record(imageId: string): Promise<ImageRecord> {
      const record = await table.get(imageId);
      if (!record) throw new Error(`no record of ${imageId}`);
      return record;
    },

    async stop(): Promise<void> {
      await closeEngines();
      await cloud.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What the logical IDs of a task's resources begin with. */
function logicalName(task: Task): string {
  return task.charAt(0).toUpperCase() + task.slice(1);
}
