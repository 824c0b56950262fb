// The routes of the API as functions, with types from its OpenAPI document. What is internal is not in the published types:
// they would need those of openapi-fetch, which is bundled.

import createHttp from 'openapi-fetch';
import type { paths } from '../openapi.ts';

/** @internal */
export type Http = ReturnType<typeof createHttpClient>;

/**
 * @param baseUrl of the API, with its stage if it has one
 * @internal
 */
export function createHttpClient(baseUrl: string) {
  return createHttp<paths>({ baseUrl });
}
