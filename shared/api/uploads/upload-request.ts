// What may be uploaded: the request for an upload URL, checked. Pure.

import * as z from 'zod/mini';
import { acceptedContentType, acceptedContentTypes } from '../../domain/formats.ts';
import type { UploadRequest } from '../ports.ts';
import { type InvalidField, Problem } from '../problem.ts';

const requestSchema = z.strictObject({
  contentType: z.string(),
  /** Bytes. */
  contentLength: z.int().check(z.positive()),
  /** Base64 of the 32 bytes. */
  checksumSha256: z.optional(
    z
      .string()
      .check(z.regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be the base64 of a SHA-256 digest')),
  ),
  fileName: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(255),
        z.regex(/^[^\p{Cc}\p{Cs}\p{Co}]*$/u, 'must not contain control characters'),
      ),
  ),
  method: z.optional(z.literal('PUT')),
});

/**
 * The request, if what it asks for may be uploaded.
 * @throws {Problem} `invalid-request`, `unsupported-format` or `too-large`
 */
export function parseUploadRequest(body: unknown, maxBytes: number): UploadRequest {
  const result = z.safeParse(requestSchema, body);
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
