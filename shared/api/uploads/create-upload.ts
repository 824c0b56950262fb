// The use case behind POST /uploads: a record that awaits its original, and a URL to upload it to.

import { v7 as uuidv7 } from 'uuid';
import type { Answer } from '../answer.ts';
import type { RequestedImages, SignUpload } from '../ports.ts';
import { parseUploadRequest } from './upload-request.ts';

export interface CreateUploadDependencies {
  readonly table: RequestedImages;
  readonly sign: SignUpload;
  readonly maxBytes: number;
}

/** @throws {Problem} when the request is not one for a file that may be uploaded */
export async function createUpload(
  { table, sign, maxBytes }: CreateUploadDependencies,
  ownerId: string,
  body: unknown,
): Promise<Answer> {
  const request = parseUploadRequest(body, maxBytes);
  const now = new Date();
  const imageId = uuidv7();
  const upload = await sign(imageId, request, now);
  const { contentLength, fileName } = request;
  await table.create({
    imageId,
    ownerId,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...(fileName !== undefined && { fileName }),
    upload: { contentLength, expiresAt: upload.expiresAt },
  });
  return {
    status: 201,
    body: { imageId, status: 'awaiting-upload', upload },
    headers: { location: `/images/${imageId}` },
  };
}
