// The use case behind POST /uploads: a record that awaits its original, counted in its owner's ledger, and a URL to upload
// it to. The record comes first: it is listed, so that whatever is cut short after it ends as expired.

import { v7 as uuidv7 } from 'uuid';
import type { Answer } from '../answer.ts';
import type { RequestedImages, SignUpload } from '../ports.ts';
import { Problem } from '../problem.ts';
import { lookForRoom, type ReserveDependencies, reserve } from './reserve.ts';
import { parseUploadRequest } from './upload-request.ts';

export interface CreateUploadDependencies extends ReserveDependencies {
  readonly table: RequestedImages;
  readonly sign: SignUpload;
  readonly maxBytes: number;
}

/**
 * @param requestId kept with the image, so that what workers log of it names the request
 * @throws {Problem} when the request is not one for a file that may be uploaded, or its owner has no room for it
 */
export async function createUpload(
  dependencies: CreateUploadDependencies,
  ownerId: string,
  body: unknown,
  requestId?: string,
): Promise<Answer> {
  const { table, sign, maxBytes } = dependencies;
  const request = parseUploadRequest(body, maxBytes);
  const { contentLength: bytes, fileName } = request;
  const now = new Date();
  const found = await lookForRoom(dependencies, ownerId, bytes, now);
  const imageId = uuidv7();
  const upload = await sign(imageId, request, now);
  await table.create({
    imageId,
    ownerId,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...(fileName !== undefined && { fileName }),
    upload: { expiresAt: upload.expiresAt, ...(requestId !== undefined && { requestId }) },
    charge: { bytes },
  });
  try {
    await reserve(dependencies, ownerId, { imageId, bytes }, found, now);
  } catch (thrown) {
    if (thrown instanceof Problem) await table.withdraw(imageId);
    throw thrown;
  }
  return {
    status: 201,
    body: { imageId, status: 'awaiting-upload', upload },
    headers: { location: `/images/${imageId}` },
  };
}
