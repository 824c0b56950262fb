// Puts reconciling together for whoever runs it: the function on its schedule, or an operator from a terminal.

import type { S3Client } from '@aws-sdk/client-s3';
import type { SNSClient } from '@aws-sdk/client-sns';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Config } from '../config.ts';
import { createRenditionObjects } from '../processing/rendition-objects.ts';
import { createAttentionTable } from '../store/attention-table.ts';
import { createImageTable } from '../store/image-table.ts';
import { createOriginalFinder } from '../store/original-finder.ts';
import { createRenditionStore } from '../store/rendition-store.ts';
import { createImageEvents } from '../store/topic.ts';
import { createUploadsTopic } from '../store/uploads-topic.ts';
import { variants } from '../variants.ts';
import type { ReconcileParts } from './reconcile.ts';

export interface ReconcileClients {
  readonly table: DynamoDBDocumentClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
}

export function createReconcileParts(
  { table, s3, sns }: ReconcileClients,
  config: Config<'reconcile'>,
): ReconcileParts {
  return {
    table: createImageTable(table, config.IMAGES_TABLE),
    attention: createAttentionTable(table, config.IMAGES_TABLE),
    originals: createOriginalFinder(s3, config.ORIGINALS_BUCKET),
    uploads: createUploadsTopic(sns, config.UPLOADS_TOPIC_ARN),
    imageEvents: createImageEvents(sns, config.IMAGE_EVENTS_TOPIC_ARN),
    objects: createRenditionObjects(createRenditionStore(s3, config.RENDITIONS_BUCKET), variants),
    maxImages: config.RECONCILE_MAX_IMAGES,
  };
}
