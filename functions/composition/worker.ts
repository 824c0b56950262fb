// Puts a worker together: what the two have in common, from their queue to the table and the topic.

import { Logger } from '@aws-lambda-powertools/logger';
import {
  type AwsClients,
  createSnsClient,
  createSqsClient,
  createTableClient,
} from '../../shared/aws/clients.ts';
import { createImageEvents } from '../../shared/aws/image-events-topic.ts';
import { createImageTable } from '../../shared/aws/image-table.ts';
import { createOwnerLedger } from '../../shared/aws/owner-ledger.ts';
import { createWorkQueue } from '../../shared/aws/work-queue.ts';
import type { WorkerConfig } from '../../shared/config.ts';
import { readOriginalSources } from '../../shared/domain/original-sources.ts';
import { createMetrics } from '../../shared/lambda/metrics.ts';
import { createSqsHandler, type SqsHandler } from '../../shared/lambda/sqs.ts';
import { createProcessor } from '../../shared/processing/process-event.ts';
import type { TaskDefinition } from '../../shared/processing/task-definition.ts';

export interface WorkerLimits {
  /** How many records are worked on at the same time. */
  readonly concurrency: number;
}

/** A queue's visibility timeout is so many times its function's timeout. */
const visibilityTimeouts = 6;
/** The share of a function's time without which no record is begun: more than the slowest file takes. */
const neededShare = 1 / 3;

/** The AWS clients that a worker uses beside those of its task. */
export type WorkerClients = Pick<AwsClients, 'table' | 'sqs' | 'sns'>;

const createWorkerClients = (): WorkerClients => ({
  table: createTableClient(),
  sqs: createSqsClient(),
  sns: createSnsClient(),
});

export function createWorker(
  definition: TaskDefinition,
  config: WorkerConfig,
  limits: WorkerLimits,
  clients: WorkerClients = createWorkerClients(),
): SqsHandler {
  const metrics = createMetrics(config.DARKROOM_STAGE, definition.task);
  const queue = createWorkQueue(clients.sqs, {
    queue: config.QUEUE_URL,
    deadLetters: config.DEAD_LETTER_QUEUE_URL,
    rejections: config.REJECTIONS_QUEUE_URL,
  });
  return createSqsHandler({
    ...limits,
    queue,
    metrics,
    minimumMilliseconds: (config.VISIBILITY_TIMEOUT_SECONDS * 1000 * neededShare) / visibilityTimeouts,
    task: definition.task,
    logger: new Logger({ serviceName: definition.task }),
    maxReceiveCount: config.MAX_RECEIVE_COUNT,
    sources: readOriginalSources(config.ORIGINAL_SOURCES),
    retryBackoffBaseSeconds: config.RETRY_BACKOFF_BASE_SECONDS,
    visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS,
    process: createProcessor({
      definition,
      queue,
      measure: metrics.measure,
      table: createImageTable(clients.table, config.IMAGES_TABLE, { unissuedOwner: config.UNISSUED_OWNER }),
      ledger: createOwnerLedger(clients.table, config.IMAGES_TABLE),
      imageEvents: createImageEvents(clients.sns, config.IMAGE_EVENTS_TOPIC_ARN),
    }),
  });
}
