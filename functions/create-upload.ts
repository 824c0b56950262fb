// POST /uploads: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { ownerOf } from '../shared/api/owner.ts';
import { createUpload } from '../shared/api/uploads/create-upload.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createUploadSigner } from '../shared/aws/upload-signer.ts';
import { readConfig } from '../shared/config.ts';
import { createHttpHandler, jsonBody } from '../shared/lambda/http.ts';

const config = readConfig('createUpload');
const dependencies = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  sign: createUploadSigner(createS3Client(), config.ORIGINALS_BUCKET, config.UPLOAD_EXPIRY_SECONDS),
  maxBytes: config.MAX_UPLOAD_BYTES,
};

export const handler = createHttpHandler(
  async (event) => createUpload(dependencies, ownerOf(), jsonBody(event)),
  new Logger({ serviceName: 'create-upload' }),
);
