// GET /images/{imageId}: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { readConfig } from '../shared/config.ts';
import { getImage } from '../shared/images/get-image.ts';
import { createUrlSigner } from '../shared/images/sign-urls.ts';
import { createHttpHandler } from '../shared/lambda/http.ts';
import { ownerOf } from '../shared/lambda/owner.ts';
import { createS3Client, createTableClient } from '../shared/store/clients.ts';
import { createImageTable } from '../shared/store/image-table.ts';

const config = readConfig('getImage');
const parts = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  signUrls: createUrlSigner(createS3Client(), config.RENDITIONS_BUCKET),
};

export const handler = createHttpHandler(
  ({ pathParameters }) => getImage(parts, ownerOf(), pathParameters?.['imageId'] ?? ''),
  new Logger({ serviceName: 'get-image' }),
);
