// GET /images/{imageId}/renditions/{variant}: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { getRendition } from '../shared/api/images/get-rendition.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createImageUrls } from '../shared/aws/image-urls.ts';
import { readConfig } from '../shared/config.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';

const config = readConfig('getRendition');
const dependencies = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  signUrls: createImageUrls(createS3Client(), config),
};

export const handler = createOwnersHandler(
  async (ownerId, { headers, pathParameters }) =>
    getRendition(dependencies, ownerId, {
      imageId: pathParameters?.['imageId'] ?? '',
      variant: pathParameters?.['variant'] ?? '',
      accept: headers['accept'],
    }),
  new Logger({ serviceName: 'get-rendition' }),
);
