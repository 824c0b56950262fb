// The use case behind every request that no route is for.

import type { Answer } from './answer.ts';
import { methodsAt } from './contract/routes.ts';
import { Problem } from './problem.ts';

/**
 * Tells which methods a path has when asked for that, as a browser does before it calls from a page.
 * @throws {Problem} `route-not-found` or `method-not-allowed`
 */
export function answerNoRoute(method: string, path: string): Answer {
  const methods = methodsAt(path);
  // A spelling that API Gateway finds no route for, although it might be an ID.
  const isSpelling = methods?.some((one) => one === method);
  if (methods === undefined || isSpelling)
    throw new Problem('route-not-found', `There is nothing at ${path}.`);
  const allow = methods.join(', ');
  if (method === 'OPTIONS') return { status: 204, headers: { allow } };
  throw new Problem('method-not-allowed', `${path} has ${allow}, not ${method}.`, [], { allow });
}
