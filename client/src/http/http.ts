// The routes of the API as functions, with types from its OpenAPI document.

import createHttp from 'openapi-fetch';
import type { paths } from '../openapi.ts';

export type Http = ReturnType<typeof createHttpClient>;

/** @param baseUrl of the API, with its stage if it has one */
export function createHttpClient(baseUrl: string) {
  return createHttp<paths>({ baseUrl });
}
