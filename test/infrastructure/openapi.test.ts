// The OpenAPI document: by the rules of those who read such documents, and of the API that is deployed.

import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { compileProject } from '../../scripts/local/template/compile.ts';
import { operations, pathParameters } from '../../shared/api/contract/operations.ts';
import { problemsOf } from '../../shared/api/contract/problem-codes.ts';
import { problems } from '../../shared/api/problem.ts';

const source = readFileSync('docs/openapi.json', 'utf8');
/** Of the requests that no operation is for. */
const codesOfNoRoute = ['route-not-found', 'method-not-allowed'];

async function lint(document: string): Promise<string[]> {
  // A redirect answers no 2xx, and is no error.
  const rules = { 'operation-2xx-response': 'off' } as const;
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const found = await lintFromString({ source: document, absoluteRef: 'openapi.json', config });
  return found.map(({ ruleId, message, location }) => `${ruleId} at ${location[0]?.pointer}: ${message}`);
}

it('breaks no rule of the linter', async () => {
  expect(await lint(source)).toEqual([]);
});

it('is linted for real: an example that is not as its schema says is found', async () => {
  const found = await lint(source.replace('"imageId": "0199a3c4', '"imageID": "0199a3c4'));

  expect(found).toContainEqual(expect.stringContaining('no-invalid-media-type-examples'));
});

it('has the routes of the template, all but $default, by the name of its function', async () => {
  const { template } = await compileProject();
  const documented = operations.map(({ id, method, path }) => `${method} ${path} by ${id}`);
  const routes = Object.values(template.Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::ApiGatewayV2::Route' || Properties?.['RouteKey'] === '$default') return [];
    const [, name = ''] = /HttpApiIntegration(\w+)/.exec(JSON.stringify(Properties?.['Target'])) ?? [];
    return `${Properties?.['RouteKey']} by ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  });

  expect(routes.toSorted()).toEqual(documented.toSorted());
});

it('asks for a token wherever an operation does not say that it is open', () => {
  expect(operations.filter(({ isOpen }) => isOpen).map(({ id }) => id)).toEqual(['health', 'openApi']);
});

it('says of every problem which operation answers it', () => {
  const told = new Set<string>([...Object.values(problemsOf).flat(), ...codesOfNoRoute]);

  expect([...told].toSorted()).toEqual(Object.keys(problems).toSorted());
});

it('describes every parameter in a path', () => {
  const named = operations.flatMap(({ path }) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

  expect([...new Set(named)].toSorted()).toEqual(Object.keys(pathParameters).toSorted());
});
