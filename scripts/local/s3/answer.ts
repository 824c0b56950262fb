// What happens to every request: it is read, recognized, authorized and handled; errors become S3's answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDiskFull } from '../disk-full.ts';
import { checkAmzHeader, effectiveHeaders } from './accepted-headers.ts';
import { addCorsHeaders, answerPreflight } from './cors/answer.ts';
import { S3Error } from './errors.ts';
import type { ServerDependencies } from './exchange.ts';
import { postObject } from './handlers/post-object.ts';
import { handlers } from './handlers.ts';
import { recognizeOperation, unsupported } from './operations.ts';
import { expectsContinue, newRequestIds, readRequest, type S3Request } from './request.ts';
import { sendError } from './respond.ts';
import { authorize } from './signature/authorize.ts';

const maxDrainMs = 10_000;

/** Answers one request; never rejects. Errors that are not S3's go to `warn` and become InternalError. */
export async function answerRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  server: ServerDependencies,
  warn: (text: string) => void,
): Promise<void> {
  const ids = newRequestIds();
  response.setHeader('x-amz-request-id', ids.requestId);
  response.setHeader('x-amz-id-2', ids.hostId);
  response.setHeader('server', 'AmazonS3');
  try {
    await serve(readRequest(incoming, response, ids), response, server);
  } catch (error) {
    // Gone clients get no answer, and a body that has begun cannot turn into an error.
    if (incoming.socket.destroyed || response.headersSent) {
      response.destroy();
      return;
    }
    const s3Error = error instanceof S3Error ? error : internalError(error, incoming, warn);
    const [resource = '/'] = (incoming.url ?? '/').split('?');
    dropUnreadBody(incoming, response);
    sendError(response, s3Error, incoming.method ?? 'GET', { ...ids, resource });
  }
}

async function serve(
  request: S3Request,
  response: ServerResponse,
  server: ServerDependencies,
): Promise<void> {
  if (request.method === 'OPTIONS') return answerPreflight(request, response, server.buckets);
  addCorsHeaders(request, response, server.buckets);
  const operation = recognizeOperation(request);
  if (operation === 'PostObject') return postObject({ request, response, server });
  const authorization = await authorize(request, server.authority);
  const handler = operation && handlers[operation];
  if (handler === undefined) throw unsupported(request, operation);
  for (const [name, value] of effectiveHeaders(request)) checkAmzHeader(name, value);
  await handler({ request, authorization, response, server });
}

function internalError(
  error: unknown,
  { method, url }: IncomingMessage,
  warn: (text: string) => void,
): S3Error {
  if (isDiskFull(error)) {
    warn(`S3: ${method} ${url?.split('?')[0]}: the disk is full`);
    return new S3Error('InternalError', { message: 'The disk is full.' });
  }
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return new S3Error('InternalError');
}

// A refusal may come before the body has been read. Closing then could reset the connection under a client that is
// still sending, and lose it the answer; so the connection stays, and the rest is read and dropped for a while.
function dropUnreadBody(incoming: IncomingMessage, response: ServerResponse): void {
  if (incoming.complete) return;
  // A body that was not asked for may or may not come: the next request needs a connection of its own.
  if (expectsContinue(incoming)) response.setHeader('connection', 'close');
  incoming.removeAllListeners('readable');
  incoming.resume();
  setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, maxDrainMs).unref();
}
