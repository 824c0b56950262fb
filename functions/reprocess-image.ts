// POST /images/{imageId}/reprocess: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { reprocessImage } from '../shared/api/images/reprocess-image.ts';
import { createSnsClient, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createOwnerLedger } from '../shared/aws/owner-ledger.ts';
import { createTaskRestarts } from '../shared/aws/task-restarts.ts';
import { createUploadsTopic } from '../shared/aws/uploads-topic.ts';
import { readConfig } from '../shared/config.ts';
import { variants } from '../shared/domain/variants.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';
import { metadataRevision } from '../shared/processing/metadata-task.ts';
import { presetRevision } from '../shared/processing/renditions-task.ts';
import { quotaLimits } from './composition/quota-limits.ts';

const config = readConfig('reprocessImage');
const table = createTableClient();
const dependencies = {
  table: createImageTable(table, config.IMAGES_TABLE),
  ledger: createOwnerLedger(table, config.IMAGES_TABLE),
  limits: quotaLimits(config),
  restarts: createTaskRestarts(table, config.IMAGES_TABLE),
  republish: createUploadsTopic(createSnsClient(), config.UPLOADS_TOPIC_ARN).republish,
  revisions: { renditions: presetRevision(variants), metadata: metadataRevision },
};

export const handler = createOwnersHandler(
  async (ownerId, { pathParameters }) =>
    reprocessImage(dependencies, ownerId, pathParameters?.['imageId'] ?? ''),
  new Logger({ serviceName: 'reprocess-image' }),
);
