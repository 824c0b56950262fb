// POST /uploads: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { readConfig } from '../shared/config.ts';
import { createHttpHandler, jsonBody } from '../shared/lambda/http.ts';
import { ownerOf } from '../shared/lambda/owner.ts';
import { createS3Client, createTableClient } from '../shared/store/clients.ts';
import { createImageTable } from '../shared/store/image-table.ts';
import { createUpload } from '../shared/uploads/create-upload.ts';
import { createUploadSigner } from '../shared/uploads/presign.ts';

const config = readConfig('createUpload');
const parts = {
  table: createImageTable(createTableClient(), config.IMAGES_TABLE),
  sign: createUploadSigner(createS3Client(), config.ORIGINALS_BUCKET, config.UPLOAD_EXPIRY_SECONDS),
  maxBytes: config.MAX_UPLOAD_BYTES,
};

export const handler = createHttpHandler(
  async (event) => createUpload(parts, ownerOf(), jsonBody(event)),
  new Logger({ serviceName: 'create-upload' }),
);
