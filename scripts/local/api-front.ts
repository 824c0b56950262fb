// The API's port: requests of pages that the API's own CORS allows, and of no others, go on to serverless-offline, once
// they have shown the token that their route asks for.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handle, startLoopbackServer } from './engines/loopback-server.ts';
import type { Gate } from './identity/gate.ts';
import { TokenRefused } from './identity/verify.ts';
import type { Template } from './template/types.ts';

export interface ApiFront {
  readonly endpoint: string;
  /** Opens the door: until then requests wait. */
  serve(handle: Handle, gate: Gate): void;
  close(): Promise<void>;
}

interface Cors {
  readonly AllowOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
}

/**
 * Takes the port. Requests wait until `serve` says who answers them.
 * @param template its HTTP API names the origins that may call
 * @throws {SettingError} when the port is taken
 */
export async function startApiFront(port: number, template: Template): Promise<ApiFront> {
  const server = await startLoopbackServer(port, 'apiPort');
  const cors = corsOf(template);
  return {
    ...server,
    serve: (handle, gate) =>
      server.serve(async (request, response) => {
        if (!isAllowed(request, cors)) return refuseOrigin(request, response);
        letPageRead(request, response, cors);
        if (Number(request.headers['content-length']) > maxBodyBytes) return refuseBody(request, response);
        const document = gate.document(request.url ?? '');
        if (document) return send(response, 200, 'application/json', document);
        try {
          await gate.admit(request);
        } catch (error) {
          if (!(error instanceof TokenRefused)) throw error;
          return refuseToken(error, request, response);
        }
        await handle(request, response);
      }),
  };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const maxBodyBytes = 10 * 1024 * 1024;

function corsOf({ Resources }: Template): Cors {
  const api = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Api');
  return (api?.Properties?.['CorsConfiguration'] ?? {}) as Cors;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
function isAllowed({ headers }: IncomingMessage, { AllowOrigins = [] }: Cors): boolean {
  const { origin, host } = headers;
  if (origin === undefined || origin === `http://${host}`) return true;
  return AllowOrigins.some((allowed) => {
    const [start = '', end] = allowed.split('*');
    return end === '' ? origin.startsWith(start) : origin === allowed;
  });
}

// serverless-offline would run the function, and tell the browser that every origin may read the answer.
function refuseOrigin(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const detail = `The API's CORS configuration does not allow ${request.headers.origin}.`;
  sendProblem(response, { title: 'Forbidden', status: 403, code: 'origin-not-allowed', detail });
}

/** Whoever answers: a page whose origin is allowed may read it. */
function letPageRead(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  { ExposeHeaders = [] }: Cors,
): void {
  if (origin === undefined) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', ExposeHeaders.join(','));
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
function refuseToken(
  { error, message }: TokenRefused,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  request.resume();
  response.setHeader('www-authenticate', error === 'no_token' ? 'Bearer' : `Bearer error="${error}"`);
  sendProblem(response, { title: 'Unauthorized', status: 401, code: 'unauthorized', detail: message });
}

function refuseBody(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const detail = `Send at most ${maxBodyBytes} bytes.`;
  sendProblem(response, { title: 'Content Too Large', status: 413, code: 'body-too-large', detail });
}

interface ApiProblem {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

/** https://www.rfc-editor.org/rfc/rfc9457 */
function sendProblem(response: ServerResponse, problem: ApiProblem): void {
  const requestId = randomUUID();
  response.setHeader('x-request-id', requestId);
  send(response, problem.status, 'application/problem+json', { type: 'about:blank', ...problem, requestId });
}

function send(response: ServerResponse, status: number, contentType: string, body: object): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
