// THE table of operations: what each route takes and answers. The OpenAPI document is made from it.

import * as z from 'zod/mini';
import { variants } from '../../domain/variants.ts';
import type { ProblemCode } from '../problem.ts';
import { component } from './components.ts';
import * as examples from './examples.ts';
import { imageId, text } from './fields.ts';
import { formNeedsChecksum } from './form-needs-checksum.ts';
import { imagePageSchema, imageSchema } from './image.ts';
import { problemsOf } from './problem-codes.ts';
import { imageQuerySchema, listQuerySchema } from './queries.ts';
import { uploadOfferSchema } from './upload-offer.ts';
import { uploadRequestSchema } from './upload-request.ts';
import { usageSchema } from './usage.ts';

export type Fields = Readonly<Record<string, z.ZodMiniType>>;

export interface OperationAnswer {
  readonly status: number;
  readonly description: string;
  /** By name in lower case. */
  readonly headers?: Fields;
  /** Absent from an answer without a body. */
  readonly body?: z.ZodMiniType;
  readonly examples?: Readonly<Record<string, unknown>>;
}

export interface Operation {
  /** The function's name in serverless.yml. */
  readonly id: keyof typeof problemsOf;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly query?: Fields;
  readonly headers?: Fields;
  readonly body?: { readonly schema: z.ZodMiniType; readonly examples: Readonly<Record<string, unknown>> };
  readonly answer: OperationAnswer;
  /** A second answer that is no error. */
  readonly unchanged?: OperationAnswer;
  readonly problems: readonly ProblemCode[];
  /** True where no token is needed. */
  readonly isOpen?: true;
}

/** By the name between braces in a path. */
export const pathParameters: Fields = {
  imageId,
  variant: z
    .enum(variants.map(({ name }) => name))
    .check(z.describe('The name of a variant, as an image’s renditions have it.')),
};

const uploadRequest = component(
  'UploadRequest',
  'The file that is to be uploaded.',
  uploadRequestSchema,
  formNeedsChecksum,
);
const etag = text('Changes with all that the image tells, and with its URLs.');

export const operations: readonly Operation[] = [
  {
    id: 'createUpload',
    method: 'POST',
    path: '/uploads',
    summary: 'Ask for an upload',
    description:
      'Says what is to be uploaded, and is told where to send it. S3 takes exactly that: one file, of this length and type, once, for as long as the URL is good.',
    body: { schema: uploadRequest, examples: examples.uploadRequests },
    answer: {
      status: 201,
      description: 'Where to send the file, and how.',
      headers: { location: text('The path of the image.') },
      body: uploadOfferSchema,
      examples: examples.uploadOffers,
    },
    problems: problemsOf.createUpload,
  },
  {
    id: 'listImages',
    method: 'GET',
    path: '/images',
    summary: 'List images',
    description:
      'The caller’s images by pages, newest first. With a status, a page may have fewer images than asked for although there are more: the list ends where `nextCursor` is null.',
    query: listQuerySchema.shape,
    answer: {
      status: 200,
      description: 'A page of images.',
      body: imagePageSchema,
      examples: examples.imagePages,
    },
    problems: problemsOf.listImages,
  },
  {
    id: 'getImage',
    method: 'GET',
    path: '/images/{imageId}',
    summary: 'Get an image',
    description:
      'At once, or with `wait` when it is settled, when it is not what `If-None-Match` names any more, or when the time is over.',
    query: imageQuerySchema.shape,
    headers: { 'if-none-match': text('The ETag of the image as the caller has it.') },
    answer: {
      status: 200,
      description: 'The image.',
      headers: { etag },
      body: imageSchema,
      examples: examples.images,
    },
    unchanged: { status: 304, description: 'The caller has the image as it is.', headers: { etag } },
    problems: problemsOf.getImage,
  },
  {
    id: 'getRendition',
    method: 'GET',
    path: '/images/{imageId}/renditions/{variant}',
    summary: 'Get a rendition',
    description: 'Redirects to the rendition of a variant in the format that the caller likes best.',
    headers: { accept: text('Content types with their weights; any when absent.') },
    answer: {
      status: 302,
      description: 'Where the rendition is.',
      headers: { location: text('A URL that is good for half an hour at least.'), vary: text('`Accept`') },
    },
    problems: problemsOf.getRendition,
  },
  {
    id: 'reprocessImage',
    method: 'POST',
    path: '/images/{imageId}/reprocess',
    summary: 'Process an image again',
    description:
      'Does again what failed, what was rejected, and what was made by older rules. What is as it would be made now stays as it is.',
    answer: {
      status: 202,
      description: 'The work is on its way.',
      body: imageSchema,
      examples: examples.reprocessedImages,
    },
    problems: problemsOf.reprocessImage,
  },
  {
    id: 'deleteImage',
    method: 'DELETE',
    path: '/images/{imageId}',
    summary: 'Delete an image',
    description: 'Deletes the original, the renditions and the record, for good. It may be asked for again.',
    answer: { status: 204, description: 'The image is deleted.' },
    problems: problemsOf.deleteImage,
  },
  {
    id: 'getUsage',
    method: 'GET',
    path: '/usage',
    summary: 'Get quotas and usage',
    description: 'The caller’s quotas, and what is used of them.',
    answer: { status: 200, description: 'Quotas and usage.', body: usageSchema, examples: examples.usages },
    problems: problemsOf.getUsage,
  },
  {
    id: 'health',
    method: 'GET',
    path: '/health',
    summary: 'Ask whether the API is up',
    description: 'Asks nothing of anything, so that a probe costs nothing.',
    answer: {
      status: 200,
      description: 'It is.',
      body: z.strictObject({ status: z.literal('ok') }),
      examples: { up: { status: 'ok' } },
    },
    problems: problemsOf.health,
    isOpen: true,
  },
  {
    id: 'openApi',
    method: 'GET',
    path: '/openapi.json',
    summary: 'Get this document',
    description: 'What is behind this API, for programs.',
    answer: {
      status: 200,
      description: 'An OpenAPI 3.1 document.',
      body: z.looseObject({ openapi: z.string() }),
      examples: { document: { openapi: '3.1.1', info: { title: 'Darkroom', version: '1.0.0' }, paths: {} } },
    },
    problems: problemsOf.openApi,
    isOpen: true,
  },
];
