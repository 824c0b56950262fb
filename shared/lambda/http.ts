// The HTTP boundary: an API Gateway event in, a JSON answer or a problem out. Nothing thrown escapes it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Answer } from '../api/answer.ts';
import { Problem, type ProblemCode, problemDetails } from '../api/problem.ts';
import { TransientFailure } from '../domain/errors.ts';
import { isImageId } from '../domain/object-keys.ts';

export type HttpHandler = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** What the boundary needs of a logger. It is told nothing that a client has sent. */
export interface RequestLog {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/** Says nothing of a request that succeeds: nobody looks for it. */
export const unlogged: RequestLog = { info() {}, error: (...line) => console.error(...line) };

/** What a client is to do about a problem, unless the problem says so itself. */
const headersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, string>>>>> = {
  'dependency-unavailable': { 'retry-after': '2' },
  unauthorized: { 'www-authenticate': 'Bearer' },
};

export function createHttpHandler(
  answer: (event: APIGatewayProxyEventV2) => Promise<Answer>,
  log: RequestLog,
): HttpHandler {
  return async (event) => {
    const { requestId } = event.requestContext;
    const begun = performance.now();
    const line = (status: number, body?: unknown) => ({
      ...{ requestId, route: event.routeKey, status, milliseconds: Math.round(performance.now() - begun) },
      ...imageIn(event, body),
    });
    try {
      refuseBrokenEncoding(event);
      const { status, body, headers } = await answer(event);
      log.info('request answered', line(status, body));
      return respond(status, requestId, { type: 'application/json', body, headers });
    } catch (thrown) {
      const problem = problemOf(thrown);
      const details = problemDetails(problem, requestId);
      if (thrown instanceof Problem)
        log.info('request refused', { ...line(details.status), code: problem.code });
      else log.error('request failed', { ...line(details.status), error: errorOf(thrown) });
      const headers = { ...headersOf[problem.code], ...problem.headers };
      return respond(details.status, requestId, { type: 'application/problem+json', body: details, headers });
    }
  };
}

/** API Gateway hands on what it cannot decode as it is. */
function refuseBrokenEncoding({ rawPath, rawQueryString }: APIGatewayProxyEventV2): void {
  try {
    decodeURIComponent(rawPath);
    decodeURIComponent(rawQueryString);
  } catch {
    throw new Problem(
      'invalid-request',
      'The path and the query must be percent-encoded UTF-8: a % itself is %25.',
    );
  }
}

/** The image that the request is about, or made; what is no image ID stays out of the log. */
function imageIn({ pathParameters }: APIGatewayProxyEventV2, body: unknown): { imageId?: string } {
  const imageId = pathParameters?.['imageId'] ?? (body as { imageId?: unknown } | undefined)?.imageId;
  return typeof imageId === 'string' && isImageId(imageId) ? { imageId } : {};
}

function errorOf(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof TransientFailure && thrown.code === 'dependency-unavailable') {
    return new Problem('dependency-unavailable', 'Nothing was changed; the same request may be sent again.');
  }
  return new Problem('internal', 'The failure is logged. If it persists, tell whoever runs this service.');
}

interface Content {
  readonly type: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

function respond(
  statusCode: number,
  requestId: string,
  { type, body, headers = {} }: Content,
): APIGatewayProxyStructuredResultV2 {
  const common = { 'cache-control': 'no-store', 'x-request-id': requestId, ...headers };
  if (body === undefined) return { statusCode, headers: common };
  return {
    statusCode,
    headers: { 'content-type': type, ...common },
    body: JSON.stringify(body),
  };
}
