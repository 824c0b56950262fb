// The parameters in a request's query, checked: every one that is at fault is named at once.

import * as z from 'zod/mini';
import { invalidRequest } from './faults.ts';
import type { InvalidField } from './problem.ts';

/** As API Gateway hands it over: a parameter that is given twice has its values joined by a comma. */
export type Query = Readonly<Record<string, string | undefined>>;

/**
 * What the query asks for.
 * @throws {Problem} `invalid-request`, naming each parameter that is unknown or at fault
 */
export function parseQuery<Schema extends z.ZodMiniType>(schema: Schema, query: Query): z.output<Schema> {
  const result = z.safeParse(schema, query);
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue): InvalidField[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((field) => ({ field, message: `unknown parameter \`${field}\`` }));
  return [{ field: String(issue.path[0]), message: issue.message }];
}
