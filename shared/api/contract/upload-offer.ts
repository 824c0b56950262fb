// What an upload is answered with: where to send the file, and how.

import * as z from 'zod/mini';
import { component } from './components.ts';
import { imageId, timestamp, url } from './fields.ts';

const expiresAt = timestamp('Until when S3 takes the upload.');
const texts = z.record(z.string(), z.string());

const putUploadSchema = component(
  'PutUpload',
  'An upload as the body of one request.',
  z.strictObject({
    method: z.literal('PUT'),
    url: url('Where to send the file, once.'),
    headers: texts.check(z.describe('To be sent as they are. S3 refuses the upload without them.')),
    expiresAt,
  }),
);

const postUploadSchema = component(
  'PostUpload',
  'An upload as a form (`multipart/form-data`), as an HTML page sends it without a script.',
  z.strictObject({
    method: z.literal('POST'),
    url: url('Where to send the form, once.'),
    fields: texts.check(
      z.describe('The form’s fields, as they are. The file comes last, as the field `file`.'),
    ),
    expiresAt,
  }),
);

export const uploadOfferSchema = component(
  'UploadOffer',
  'An image that awaits its file, and where to send that.',
  z.strictObject({
    imageId,
    status: z.literal('awaiting-upload'),
    upload: z.discriminatedUnion('method', [putUploadSchema, postUploadSchema]),
  }),
);
