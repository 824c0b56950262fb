// GET /images/{imageId}: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { getImage } from '../shared/api/images/get-image.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createImageUrls } from '../shared/aws/image-urls.ts';
import { readConfig } from '../shared/config.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';

const config = readConfig('getImage');
const dependencies = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  signUrls: createImageUrls(createS3Client(), config),
};

export const handler = createOwnersHandler(
  async (ownerId, { headers, pathParameters, queryStringParameters }) =>
    getImage(dependencies, ownerId, {
      imageId: pathParameters?.['imageId'] ?? '',
      query: queryStringParameters ?? {},
      ifNoneMatch: headers['if-none-match'],
    }),
  new Logger({ serviceName: 'get-image' }),
);
