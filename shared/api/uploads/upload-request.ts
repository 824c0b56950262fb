// What may be uploaded: the request for an upload URL, checked. Pure.

import * as z from 'zod/mini';
import { type InvalidField, Problem } from '../problem.ts';

/** The types that clients may claim; what a file really is, its bytes decide once it has arrived. */
export const acceptedContentTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/heic',
  'image/heif',
  'image/tiff',
  'image/svg+xml',
] as const;

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

export interface UploadRequest {
  readonly contentType: string;
  /** Bytes. */
  readonly contentLength: number;
  readonly checksumSha256?: string;
  readonly fileName?: string;
}

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
  const { contentType, contentLength, checksumSha256, fileName } = result.data;
  if (!(acceptedContentTypes as readonly string[]).includes(contentType)) {
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
