// GET /images/{imageId}: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { getImage } from '../shared/api/images/get-image.ts';
import { ownerOf } from '../shared/api/owner.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createUrlSigner } from '../shared/aws/url-signer.ts';
import { readConfig } from '../shared/config.ts';
import { createHttpHandler } from '../shared/lambda/http.ts';

const config = readConfig('getImage');
const dependencies = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  signUrls: createUrlSigner(createS3Client(), config.RENDITIONS_BUCKET),
};

export const handler = createHttpHandler(
  async ({ headers, pathParameters, queryStringParameters }) =>
    getImage(dependencies, ownerOf(), {
      imageId: pathParameters?.['imageId'] ?? '',
      query: queryStringParameters ?? {},
      ifNoneMatch: headers['if-none-match'],
    }),
  new Logger({ serviceName: 'get-image' }),
);
