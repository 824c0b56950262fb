// What a client says of the file that it wants to upload.

import * as z from 'zod/mini';

export const uploadRequestSchema = z.strictObject({
  contentType: z
    .string()
    .check(z.describe('One of the accepted types, or an alias of one, in whatever case.')),
  contentLength: z
    .int()
    .check(
      z.minimum(1),
      z.describe('Bytes. At most what the stage allows: 100 MiB unless it says otherwise.'),
    ),
  checksumSha256: z.optional(
    z
      .string()
      .check(
        z.regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/),
        z.describe(
          'Base64 of the file’s SHA-256. S3 refuses a file that has another. Needed for a form, which S3 would otherwise let overwrite the file.',
        ),
      ),
  ),
  fileName: z.optional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(255),
        z.regex(/^[^\p{Cc}\p{Cs}\p{Co}]*$/u),
        z.describe('To show to people; nothing is derived from it.'),
      ),
  ),
  method: z.optional(
    z.enum(['PUT', 'POST']).check(z.describe('PUT, which is the default, or POST for a form.')),
  ),
});
