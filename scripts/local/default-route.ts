// The $default route: what no other route is for goes to the function that the template names for it. serverless-offline
// would find routes for other spellings of a path, and answers by itself what it cannot decode.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Handle } from './engines/loopback-server.ts';
import { type Route, routeFor } from './identity/routes.ts';
import type { InvokeFunction } from './serverless-offline/functions.ts';
import { namesIn } from './template/references.ts';
import type { CompiledService } from './template/types.ts';

interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Hands on what a route is for, and preflight requests; all else it answers by the $default route, where there is one. */
export function withDefaultRoute(
  service: CompiledService,
  routes: readonly Route[],
  invoke: InvokeFunction,
  handle: Handle,
): Handle {
  const functionName = defaultFunction(service);
  if (functionName === undefined) return handle;
  return async (request, response) => {
    if (isRouted(request, routes)) return handle(request, response);
    request.resume();
    const { statusCode, headers, body } = (await invoke(functionName, eventOf(request))) as FunctionAnswer;
    response.writeHead(statusCode, headers);
    response.end(body);
  };
}

/** The name of the function behind $default. */
function defaultFunction({ template, functions }: CompiledService): string | undefined {
  const resources = Object.values(template.Resources);
  const route = resources.find(
    ({ Type, Properties }) => Type === 'AWS::ApiGatewayV2::Route' && Properties?.['RouteKey'] === '$default',
  );
  const target = JSON.stringify(route?.Properties?.['Target'] ?? '');
  const [, integration = ''] = /"Ref":"(\w+)"/.exec(target) ?? [];
  const named = namesIn(template.Resources[integration]?.Properties?.['IntegrationUri']);
  // It leads to the function, or to an alias of it.
  const names = named.flatMap((name) => [name, ...namesIn(template.Resources[name]?.Properties)]);
  return functions.find(({ logicalId }) => names.includes(logicalId))?.name;
}

function isRouted({ method = '', url = '', headers }: IncomingMessage, routes: readonly Route[]): boolean {
  if (method === 'OPTIONS' && headers.origin !== undefined) return true;
  const [path = ''] = url.split('?');
  return isReadAsSent(url, path) && routeFor(routes, method, path) !== undefined;
}

/** Whether serverless-offline, which reads a path as browsers do, reads this one as it stands. */
function isReadAsSent(url: string, path: string): boolean {
  try {
    decodeURIComponent(url);
    return new URL(url, 'http://localhost').pathname === path;
  } catch {
    return false;
  }
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
function eventOf({ method = '', url = '', headers, socket }: IncomingMessage): object {
  const [rawPath = '', ...query] = url.split('?');
  return {
    ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString: query.join('?'), headers },
    requestContext: {
      ...{ requestId: randomUUID(), routeKey: '$default', stage: '$default', timeEpoch: Date.now() },
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: socket.remoteAddress ?? '' },
    },
    isBase64Encoded: false,
  };
}
