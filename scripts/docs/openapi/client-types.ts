// The types of the client library, made from the OpenAPI document. openapi-typescript needs an older TypeScript than the
// project: both are installed for the client library alone.

import { createRequire } from 'node:module';
import { openApiText } from './document.ts';

/** What is used of openapi-typescript. https://openapi-ts.dev/node */
interface OpenApiTypescript {
  default(document: string): Promise<unknown>;
  astToString(nodes: unknown): string;
}

const header = '// Made from docs/openapi.json by npm run docs.\n\n';

export async function clientTypes(): Promise<string> {
  const require = createRequire(new URL('../../../client/package.json', import.meta.url));
  const { default: typesOf, astToString } = require('openapi-typescript') as OpenApiTypescript;
  return header + astToString(await typesOf(openApiText()));
}
