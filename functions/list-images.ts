// GET /images: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { createCursors } from '../shared/api/images/cursor.ts';
import { listImages } from '../shared/api/images/list-images.ts';
import { ownerOf } from '../shared/api/owner.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createOwnersImages } from '../shared/aws/owners-images.ts';
import { createUrlSigner } from '../shared/aws/url-signer.ts';
import { readConfig } from '../shared/config.ts';
import { createHttpHandler } from '../shared/lambda/http.ts';

const config = readConfig('listImages');
const dependencies = {
  images: createOwnersImages(createTableClient(), config.IMAGES_TABLE),
  signUrls: createUrlSigner(createS3Client(), config.RENDITIONS_BUCKET),
  cursors: createCursors(config.CURSOR_KEY),
};

export const handler = createHttpHandler(
  async ({ queryStringParameters }) => listImages(dependencies, ownerOf(), queryStringParameters ?? {}),
  new Logger({ serviceName: 'list-images' }),
);
