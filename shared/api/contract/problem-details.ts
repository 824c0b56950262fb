// Every error that the API answers with.

import * as z from 'zod/mini';
import { type ProblemCode, problems } from '../problem.ts';
import { component } from './components.ts';
import { text } from './fields.ts';

const codes = Object.keys(problems) as ProblemCode[];

export const problemSchema = component(
  'Problem',
  'An error, as RFC 9457 has it: https://www.rfc-editor.org/rfc/rfc9457',
  z.strictObject({
    type: text('`urn:darkroom:problem:` and the code.'),
    title: text('The same for every problem of a code.'),
    status: z.int().check(z.minimum(400), z.maximum(599), z.describe('The HTTP status.')),
    code: z.enum(codes).check(z.describe('What to tell problems apart by.')),
    detail: text('What is wrong with this very request, and what to do about it.'),
    requestId: text('What the operator finds the request by in the log. Also in the header `x-request-id`.'),
    errors: z.exactOptional(
      z
        .array(
          z.strictObject({
            field: text('A JSON pointer into the body, or the name of a parameter.'),
            message: text('What is wrong with it, with its limit.'),
          }),
        )
        .check(z.describe('Every field at fault, each once.')),
    ),
  }),
);
