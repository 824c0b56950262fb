// An image as its owner sees it, and a page of them.

import * as z from 'zod/mini';
import { type FailureCode, outageCodes, rejectionCodes } from '../../domain/errors.ts';
import { statuses } from '../../domain/status.ts';
import { type Task, tasks } from '../../domain/tasks.ts';
import { component } from './components.ts';
import { bytes, imageId, outputFormat, pixels, text, timestamp, url } from './fields.ts';
import { metadataSchema, placeholderSchema } from './metadata.ts';

const failureCodes: readonly FailureCode[] = [...rejectionCodes, ...outageCodes];

export const statusSchema = component(
  'Status',
  'How far an image has come. Only image events speak of `deleted` ones: the API answers 404.',
  z.enum(statuses),
);

export const failureSchema = component(
  'Failure',
  'Why an image is `rejected` (its file is at fault) or `failed` (the system was).',
  z.strictObject({
    code: z.enum(failureCodes),
    message: text('One plain sentence, with the numbers of a refusal.'),
    task: z.enum(tasks as readonly [Task]).check(z.describe('What met it.')),
    retryable: z.boolean().check(z.describe('Whether the same file may succeed another time.')),
  }),
);

export const renditionSchema = component(
  'Rendition',
  'The stored output of a variant in a format.',
  z.strictObject({
    variant: z.string(),
    format: outputFormat,
    contentType: z.string(),
    width: pixels('Pixels.'),
    height: pixels('Pixels.'),
    frames: pixels('More than 1 for an animation that stays one.'),
    bytes,
    url: z.exactOptional(url('Good for half an hour at least. Absent from image events.')),
  }),
);

const originalSchema = component(
  'Original',
  'The uploaded file.',
  z.strictObject({
    contentType: z.nullable(text('By content, once that is known.')),
    bytes,
    sha256: z.nullable(
      z
        .string()
        .check(
          z.regex(/^[0-9a-f]{64}$/),
          z.describe('Of the bytes, in hexadecimal digits, once they were read whole.'),
        ),
    ),
    url: z.exactOptional(url('For downloading, good for half an hour at least. Absent from image events.')),
  }),
);

export const imageSchema = component(
  'Image',
  'An image. What is not known, or not known yet, is null.',
  z.strictObject({
    imageId,
    status: statusSchema,
    fileName: z.nullable(text('As the client named it.')),
    createdAt: z.nullable(timestamp('When its upload was asked for.')),
    updatedAt: timestamp('When anything of it changed last.'),
    original: z.nullable(originalSchema),
    metadata: z.nullable(metadataSchema),
    placeholder: z.nullable(placeholderSchema),
    perceptualHash: z.nullable(text('In hexadecimal digits: of two alike pictures, few bits differ.')),
    renditions: z.array(renditionSchema),
    failure: z.nullable(failureSchema),
  }),
);

export const imagePageSchema = component(
  'ImagePage',
  'A page of a list, newest first.',
  z.strictObject({
    images: z.array(imageSchema),
    nextCursor: z.nullable(text('What to ask for the next page with; null when there is none.')),
  }),
);
