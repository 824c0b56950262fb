// The HTTP boundary: an API Gateway event in, a JSON answer or a problem out. Nothing thrown escapes it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Answer } from '../api/answer.ts';
import { Problem, type ProblemCode, problemDetails } from '../api/problem.ts';
import { TransientFailure } from '../domain/errors.ts';

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** What the boundary needs of a logger. */
export interface ErrorLog {
  error(message: string, error: Error): void;
}

export function createHttpHandler(
  answer: (event: APIGatewayProxyEventV2) => Promise<Answer>,
  log: ErrorLog,
): HttpHandler {
  return async (event) => {
    try {
      const { status, body, headers } = await answer(event);
      return respond(status, 'application/json', body, headers);
    } catch (thrown) {
      const problem = problemOf(thrown, log);
      const details = problemDetails(problem);
      return respond(details.status, 'application/problem+json', details, headersOf[problem.code]);
    }
  };
}

/** What a client is to do about it. */
const headersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  'dependency-unavailable': { 'retry-after': '2' },
  unauthorized: { 'www-authenticate': 'Bearer' },
};

/**
 * The request's body as JSON.
 * @throws {Problem} `invalid-request`
 */
export function jsonBody({ body, isBase64Encoded }: APIGatewayProxyEventV2): unknown {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString() : (body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-request', 'The body must be JSON.');
  }
}

function problemOf(thrown: unknown, log: ErrorLog): Problem {
  if (thrown instanceof Problem) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  log.error('request failed', error);
  if (error instanceof TransientFailure && error.code === 'dependency-unavailable') {
    return new Problem('dependency-unavailable', 'Nothing was changed; the same request may be sent again.');
  }
  return new Problem('internal', 'The failure is logged. If it persists, tell whoever runs this service.');
}

function respond(
  statusCode: number,
  contentType: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  const common = { 'cache-control': 'no-store', ...headers };
  if (body === undefined) return { statusCode, headers: common };
  return {
    statusCode,
    headers: { 'content-type': contentType, ...common },
    body: JSON.stringify(body),
  };
}
