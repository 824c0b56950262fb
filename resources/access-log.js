// What API Gateway logs of each request: one JSON line, by which an answer's `x-request-id` is found again.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html

/** Neither a path nor a query, in which IDs and cursors are, nor anything of a token. */
const fields = {
  requestId: '$context.requestId',
  requestedAt: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  responseBytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** `provider.logs.httpApi.format` */
export const format = () => JSON.stringify(fields);
