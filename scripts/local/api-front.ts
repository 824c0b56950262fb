// The API's port: requests of pages that the API's own CORS allows, and of no others, go on to serverless-offline.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handle, type LoopbackServer, startLoopbackServer } from './engines/loopback-server.ts';
import type { Template } from './template/types.ts';

/**
 * Takes the port. Requests wait until `serve` says who answers them.
 * @param template its HTTP API names the origins that may call
 * @throws {SettingError} when the port is taken
 */
export async function startApiFront(port: number, template: Template): Promise<LoopbackServer> {
  const server = await startLoopbackServer(port, 'apiPort');
  const origins = allowedOrigins(template);
  const guarded = (handle: Handle) => (request: IncomingMessage, response: ServerResponse) =>
    isAllowed(request, origins) ? handle(request, response) : refuse(request, response);
  return { ...server, serve: (handle) => server.serve(guarded(handle)) };
}

function allowedOrigins({ Resources }: Template): readonly string[] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::ApiGatewayV2::Api')
    .flatMap(({ Properties = {} }) => {
      const cors = Properties['CorsConfiguration'] as { AllowOrigins?: string[] } | undefined;
      return cors?.AllowOrigins ?? [];
    });
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
function isAllowed({ headers }: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === `http://${host}`) return true;
  return origins.some((allowed) => {
    const [start = '', end] = allowed.split('*');
    return end === '' ? origin.startsWith(start) : origin === allowed;
  });
}

// serverless-offline would run the function, and tell the browser that every origin may read the answer.
function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  response.writeHead(403, { 'content-type': 'text/plain' });
  response.end(`The API's CORS configuration does not allow ${request.headers.origin}.\n`);
}
