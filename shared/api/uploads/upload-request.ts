// What may be uploaded: the request for an upload URL, checked. Pure.

import * as z from 'zod/mini';
import { acceptedContentType, acceptedContentTypes } from '../../domain/formats.ts';
import { uploadRequestSchema } from '../contract/upload-request.ts';
import type { UploadRequest } from '../ports.ts';
import { type InvalidField, Problem } from '../problem.ts';

/**
 * The request, if what it asks for may be uploaded.
 * @throws {Problem} `invalid-request`, `unsupported-format` or `too-large`
 */
export function parseUploadRequest(body: unknown, maxBytes: number): UploadRequest {
  const result = z.safeParse(uploadRequestSchema, body);
  if (!result.success) {
    const errors = result.error.issues.map(toInvalidField);
    throw new Problem(
      'invalid-request',
      errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
      errors,
    );
  }
  const { contentLength, checksumSha256, fileName } = result.data;
  const contentType = acceptedContentType(result.data.contentType);
  if (contentType === undefined) {
    throw new Problem('unsupported-format', `Send one of ${acceptedContentTypes.join(', ')}.`);
  }
  if (contentLength > maxBytes) {
    throw new Problem('too-large', `Send at most ${maxBytes} bytes; this file has ${contentLength}.`);
  }
  return {
    contentType,
    contentLength,
    ...(checksumSha256 !== undefined && { checksumSha256 }),
    ...(fileName !== undefined && { fileName }),
  };
}

function toInvalidField({ path, message }: z.core.$ZodIssue): InvalidField {
  return { field: `/${path.join('/')}`, message };
}
