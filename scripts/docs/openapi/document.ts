// The OpenAPI document, made from the contract's schemas and its table of operations.
// https://spec.openapis.org/oas/v3.1.1.html

import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import { imageEvent, problemExample } from '../../../shared/api/contract/examples.ts';
import { imageEventSchema } from '../../../shared/api/contract/image-event.ts';
import {
  type Fields,
  type Operation,
  type OperationAnswer,
  operations,
  pathParameters,
} from '../../../shared/api/contract/operations.ts';
import { problemSchema } from '../../../shared/api/contract/problem-details.ts';
import { type ProblemCode, problems } from '../../../shared/api/problem.ts';
import { about, scope } from './about.ts';
import { componentSchemas, type Json, schemaOf } from './schemas.ts';

const retried: readonly number[] = [429, 503];
const requestId = {
  description: 'What the operator finds the request by in the log.',
  schema: { type: 'string' },
};
const retryAfter = { description: 'Seconds to wait before asking again.', schema: { type: 'integer' } };
const wwwAuthenticate = { description: 'What is wrong with the token.', schema: { type: 'string' } };

export function openApiDocument(): Json {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return {
    openapi: '3.1.1',
    info: { ...about, version },
    servers: [{ url: '/' }],
    security: [{ accessToken: [scope] }],
    paths: pathsOf(operations),
    webhooks: { imageEvent: { post: imageEventOperation() } },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `An access token of the stage's issuer, with the scope \`${scope}\`.`,
        },
      },
    },
  };
}

/** As it is checked in. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

function pathsOf(all: readonly Operation[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of all) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: operationOf(operation),
    };
  }
  return paths;
}

function operationOf(operation: Operation): Json {
  const { id, path, summary, description, query = {}, headers = {}, body, isOpen } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const inPath = Object.fromEntries(Object.entries(pathParameters).filter(([name]) => names.includes(name)));
  const parameters = [
    ...parametersIn('path', inPath),
    ...parametersIn('query', query),
    ...parametersIn('header', headers),
  ];
  return {
    operationId: id,
    summary,
    description,
    ...(isOpen && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemaOf(body.schema), examples: named(body.examples) } },
      },
    }),
    responses: responsesOf(operation),
  };
}

/** No request, but what SNS hands to those who subscribe. */
function imageEventOperation(): Json {
  return {
    operationId: 'imageEvent',
    summary: 'An image is ready, rejected, failed or deleted',
    description: 'A message of the topic `image-events`, for whoever subscribes to it.',
    requestBody: {
      content: {
        'application/json': {
          schema: schemaOf(imageEventSchema),
          examples: { ready: { value: imageEvent } },
        },
      },
    },
    responses: { 204: { description: 'The message is taken, and not sent again.' } },
  };
}

function parametersIn(place: 'path' | 'query' | 'header', fields: Fields): Json[] {
  return Object.entries(fields).map(([name, schema]) => ({
    name,
    in: place,
    ...(place === 'path' && { required: true }),
    ...described(schema),
  }));
}

function responsesOf({ answer, unchanged, problems: codes }: Operation): Json {
  const statuses = [...new Set(codes.map((code) => problems[code].status))];
  return Object.fromEntries([
    ...[answer, ...(unchanged ? [unchanged] : [])].map((one) => [String(one.status), answerOf(one)]),
    ...statuses.map((status) => [
      String(status),
      problemAnswer(
        status,
        codes.filter((code) => problems[code].status === status),
      ),
    ]),
  ]);
}

function answerOf({ description, headers = {}, body, examples = {} }: OperationAnswer): Json {
  return {
    description,
    headers: {
      'x-request-id': requestId,
      ...Object.fromEntries(Object.entries(headers).map(([name, schema]) => [name, described(schema)])),
    },
    ...(body && { content: { 'application/json': { schema: schemaOf(body), examples: named(examples) } } }),
  };
}

function problemAnswer(status: number, codes: readonly ProblemCode[]): Json {
  const examples = Object.fromEntries(codes.map((code) => [code, problemExample(code)]));
  return {
    description: codes.map((code) => problems[code].title).join(' Or: '),
    headers: {
      'x-request-id': requestId,
      ...(retried.includes(status) && { 'retry-after': retryAfter }),
      ...(status === 401 && { 'www-authenticate': wwwAuthenticate }),
    },
    content: { 'application/problem+json': { schema: schemaOf(problemSchema), examples: named(examples) } },
  };
}

/** The description stands beside the schema, not in it. */
function described(schema: z.ZodMiniType): Json {
  const { description, ...rest } = schemaOf(schema);
  return { ...(description !== undefined && { description }), schema: rest };
}

function named(examples: Readonly<Record<string, unknown>>): Json {
  return Object.fromEntries(
    Object.entries(examples).map(([name, value]) => [
      name.replaceAll(' ', '-'),
      { ...(name.includes(' ') && { summary: name }), value },
    ]),
  );
}
