// DELETE /images/{imageId}: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { deleteImage } from '../shared/api/images/delete-image.ts';
import {
  createCloudFrontClient,
  createS3Client,
  createSnsClient,
  createTableClient,
} from '../shared/aws/clients.ts';
import { createImageEvents } from '../shared/aws/image-events-topic.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createOwnerLedger } from '../shared/aws/owner-ledger.ts';
import { createOwnersRemovals } from '../shared/aws/owners-removals.ts';
import { createRenditionCaches } from '../shared/aws/rendition-caches.ts';
import { createRenditionStore } from '../shared/aws/rendition-store.ts';
import { createUploadedOriginals } from '../shared/aws/uploaded-originals.ts';
import { readConfig } from '../shared/config.ts';
import { variants } from '../shared/domain/variants.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';
import { createRenditionObjects } from '../shared/processing/rendition-objects.ts';

const config = readConfig('deleteImage');
const table = createTableClient();
const s3 = createS3Client();
const renditions = createRenditionStore(s3, config.RENDITIONS_BUCKET);
const uploads = createUploadedOriginals(s3, config.ORIGINALS_BUCKET);
const caches = createRenditionCaches(createCloudFrontClient(), config.DISTRIBUTION_ID);
const dependencies = {
  table: createImageTable(table, config.IMAGES_TABLE),
  ledger: createOwnerLedger(table, config.IMAGES_TABLE),
  removals: createOwnersRemovals(table, config.IMAGES_TABLE),
  objects: createRenditionObjects(renditions, uploads, variants, caches),
  imageEvents: createImageEvents(createSnsClient(), config.IMAGE_EVENTS_TOPIC_ARN),
};

export const handler = createOwnersHandler(
  async (ownerId, { pathParameters }) =>
    deleteImage(dependencies, ownerId, pathParameters?.['imageId'] ?? ''),
  new Logger({ serviceName: 'delete-image' }),
);
