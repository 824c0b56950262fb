// POST /uploads: wiring only.

import { Logger } from '@aws-lambda-powertools/logger';
import { createUpload } from '../shared/api/uploads/create-upload.ts';
import { createS3Client, createTableClient } from '../shared/aws/clients.ts';
import { createImageTable } from '../shared/aws/image-table.ts';
import { createOwnerLedger } from '../shared/aws/owner-ledger.ts';
import { createUploadSigner } from '../shared/aws/upload-signer.ts';
import { readConfig } from '../shared/config.ts';
import { jsonBody } from '../shared/lambda/json-body.ts';
import { createOwnersHandler } from '../shared/lambda/owner.ts';
import { quotaLimits } from './composition/quota-limits.ts';

const config = readConfig('createUpload');
const client = createTableClient();
const dependencies = {
  table: createImageTable(client, config.IMAGES_TABLE),
  ledger: createOwnerLedger(client, config.IMAGES_TABLE),
  limits: quotaLimits(config),
  sign: createUploadSigner(createS3Client(), config.ORIGINALS_BUCKET, config.UPLOAD_EXPIRY_SECONDS),
  maxBytes: config.MAX_UPLOAD_BYTES,
};

export const handler = createOwnersHandler(
  async (ownerId, event) =>
    createUpload(dependencies, ownerId, jsonBody(event), event.requestContext.requestId),
  new Logger({ serviceName: 'create-upload' }),
);
