// Who is asking: the one place that reads the claims of the token which API Gateway has verified.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Answer } from '../api/answer.ts';
import { Problem } from '../api/problem.ts';
import { ownerIdOf } from '../domain/owner.ts';
import { createHttpHandler, type HttpHandler, type RequestLog } from './http.ts';

/** An event with what the route's authorizer found; without one, of a route that should have one, nobody asks. */
interface Authorized {
  readonly requestContext: {
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
  };
}

/** A handler of what owners alone may ask for: whoever shows no token is answered 401 before anything is looked at. */
export function createOwnersHandler(
  answer: (ownerId: string, event: APIGatewayProxyEventV2) => Promise<Answer>,
  log: RequestLog,
): HttpHandler {
  return createHttpHandler(async (event) => answer(ownerOf(event), event), log);
}

/**
 * The owner that the request's token names.
 * @throws {Problem} `unauthorized` without a subject and its issuer
 */
export function ownerOf(event: APIGatewayProxyEventV2): string {
  const { iss, sub } = (event as Authorized).requestContext.authorizer?.jwt?.claims ?? {};
  if (typeof iss !== 'string' || typeof sub !== 'string' || iss === '' || sub === '') {
    throw new Problem('unauthorized', 'Send an access token: Authorization: Bearer …');
  }
  return ownerIdOf(iss, sub);
}
