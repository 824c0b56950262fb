// The documents that have generated parts, and those that are generated whole.

import { clientTypes } from './openapi/client-types.ts';
import { openApiText } from './openapi/document.ts';
import { deployPolicy } from './policies/deploy-policy.ts';
import { operatorPolicy } from './policies/operator-policy.ts';
import { removePolicy } from './policies/remove-policy.ts';

export const documents = [
  'README.md',
  'docs/api.md',
  'docs/architecture.md',
  'docs/aws-calls.md',
  'docs/cost.md',
  'docs/operations.md',
  'docs/reference.md',
  'docs/security.md',
] as const;

/** Makes the text of the document at this path. */
export const wholeDocuments: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/openapi.json': openApiText,
  'client/src/openapi.ts': clientTypes,
  'resources/policies/deploy.json': deployPolicy,
  'resources/policies/operator.json': operatorPolicy,
  'resources/policies/remove.json': removePolicy,
};
