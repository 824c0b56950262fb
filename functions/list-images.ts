// GET /images: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { createCursors } from '../shared/api/images/cursor.ts';
import { listImages } from '../shared/api/images/list-images.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageUrls } from '../shared/aws/image-urls.ts';
import { createOwnersImages } from '../shared/aws/owners-images.ts';
import { readConfig } from '../shared/config.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';

const config = readConfig('listImages');
const dependencies = {
  images: createOwnersImages(createTableClient(), config.IMAGES_TABLE),
  signUrls: createImageUrls(createS3Client(), config),
  cursors: createCursors(config.CURSOR_KEY),
};

export const handler = createOwnersHandler(
  async (ownerId, { queryStringParameters }) =>
    listImages(dependencies, ownerId, queryStringParameters ?? {}),
  new Logger({ serviceName: 'list-images' }),
);
