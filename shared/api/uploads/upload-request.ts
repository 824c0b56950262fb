// What may be uploaded: the request for an upload URL, checked. Pure.

import * as z from 'zod/mini';
import { acceptedContentType, acceptedContentTypes } from '../../domain/formats.ts';
import { uploadRequestSchema } from '../contract/upload-request.ts';
import { invalidRequest, pointerTo, sentenceOf } from '../faults.ts';
import type { UploadRequest } from '../ports.ts';
import { type InvalidField, Problem, type ProblemCode } from '../problem.ts';
import { inBytes } from './bytes.ts';

type Field = keyof z.output<typeof uploadRequestSchema>;

/** A fault that has a code of its own where it is the only one. */
interface Fault extends InvalidField {
  readonly code?: ProblemCode;
}

/**
 * The request, if what it asks for may be uploaded.
 * @throws {Problem} `unsupported-format` or `too-large` where nothing else is wrong; `invalid-request` with every field at
 *   fault
 */
export function parseUploadRequest(body: unknown, maxBytes: number): UploadRequest {
  const result = z.safeParse(uploadRequestSchema, body);
  const faults = [
    ...(result.success ? [] : result.error.issues.flatMap((issue) => faultsOf(issue, body, maxBytes))),
    ...refusals(body, maxBytes),
  ];
  if (!result.success || faults.length > 0) throw problemOf(faults);
  const { method, checksumSha256, fileName } = result.data;
  const file = {
    contentType: acceptedContentType(result.data.contentType) ?? result.data.contentType,
    contentLength: result.data.contentLength,
    ...(fileName !== undefined && { fileName }),
  };
  if (checksumSha256 === undefined) return file;
  return { ...file, checksumSha256, ...(method === 'POST' && { method }) };
}

const types = `one of ${acceptedContentTypes.join(', ')}`;

const rules: Readonly<Record<Field, (maxBytes: number) => string>> = {
  contentType: () => types,
  contentLength: (maxBytes) => `a whole number from 1 to ${inBytes(maxBytes)}`,
  checksumSha256: () => 'the base64 of a SHA-256 digest: 44 characters, the last of them =',
  fileName: () => '1 to 255 characters, none of them a control character',
  method: () => 'PUT or POST',
};

/** What the schema finds, each field once and with all that it must be. */
function faultsOf(issue: z.core.$ZodIssue, body: unknown, maxBytes: number): Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: pointerTo(key), message: `unknown field \`${key}\`` }));
  const [name] = issue.path;
  if (name === undefined) return [{ field: '', message: 'The body must be a JSON object.' }];
  const value = valueIn(body, name);
  const rule = rules[name as Field](maxBytes);
  return [{ field: pointerTo(name), message: saying(name, value, rule) }];
}

function saying(name: PropertyKey, value: unknown, rule: string): string {
  if (value === undefined) return `is missing: must be ${rule}`;
  if (name === 'contentLength' && value === 0) return '0 bytes: an empty file is not an image';
  return `must be ${rule}`;
}

/** What is well-formed, and may not be uploaded all the same. */
function refusals(body: unknown, maxBytes: number): Fault[] {
  const contentType = valueIn(body, 'contentType');
  const contentLength = valueIn(body, 'contentLength');
  const faults: Fault[] = [];
  if (typeof contentType === 'string' && acceptedContentType(contentType) === undefined)
    faults.push({ field: '/contentType', message: `must be ${types}`, code: 'unsupported-format' });
  if (Number.isSafeInteger(contentLength) && (contentLength as number) > maxBytes) {
    const message = `${inBytes(contentLength as number)}: must be at most ${inBytes(maxBytes)}`;
    faults.push({ field: '/contentLength', message, code: 'too-large' });
  }
  if (valueIn(body, 'method') === 'POST' && valueIn(body, 'checksumSha256') === undefined) {
    const message = `is missing: a form needs ${rules.checksumSha256(maxBytes)}`;
    faults.push({ field: '/checksumSha256', message });
  }
  return faults;
}

function valueIn(body: unknown, name: PropertyKey): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
}

function problemOf(faults: readonly Fault[]): Problem {
  const errors = [...new Map(faults.map(({ field, message }) => [field, { field, message }])).values()];
  const [first] = faults;
  if (first?.code === undefined || errors.length > 1) return invalidRequest(errors);
  return new Problem(first.code, sentenceOf(errors), errors);
}
