// The way of every request: read, recognize, let in or refuse, hand to its handler, turn errors into S3's answers.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkAmzHeader, effectiveHeaders } from './accepted-headers.ts';
import { addCorsHeaders, answerPreflight } from './cors/answer.ts';
import { S3Error } from './errors.ts';
import type { ServerParts } from './exchange.ts';
import { postObject } from './handlers/post-object.ts';
import { HANDLERS } from './handlers.ts';
import { recognizeOperation } from './operations.ts';
import { newRequestIds, readRequest, type S3Request } from './request.ts';
import { sendError } from './respond.ts';
import { authorize } from './signature/authorize.ts';

const serve = async (request: S3Request, response: ServerResponse, server: ServerParts): Promise<void> => {
  if (request.method === 'OPTIONS') {
    answerPreflight(request, response, server.buckets);
    return;
  }
  addCorsHeaders(request, response, server.buckets);
  const operation = recognizeOperation(request);
  if (operation === undefined) throw new S3Error('MethodNotAllowed', undefined, { Method: request.method });
  if (operation === 'PostObject') {
    await postObject({ request, response, server });
    return;
  }
  const authorization = await authorize(request, server.authority);
  const handler = HANDLERS[operation];
  if (handler === undefined) {
    throw new S3Error('NotImplemented', `${operation} is not implemented by this local S3.`, {
      Operation: operation,
    });
  }
  for (const [name, value] of effectiveHeaders(request)) checkAmzHeader(name, value);
  await handler({ request, authorization, response, server });
};

const MAX_DRAIN_MILLISECONDS = 10_000;

// A refusal may come before the body has been read. Closing then could reset the connection under a client that is
// still sending, and lose it the answer; so the connection stays, and the rest is read and dropped for a while.
const dropUnreadBody = (incoming: IncomingMessage): void => {
  if (incoming.complete) return;
  incoming.removeAllListeners('readable');
  incoming.resume();
  setTimeout(() => {
    if (!incoming.complete) incoming.socket.destroy();
  }, MAX_DRAIN_MILLISECONDS).unref();
};

/** Answers one request; never rejects. Errors that are not S3's go to `warn` and become InternalError. */
export async function answerRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  server: ServerParts,
  warn: (text: string) => void,
): Promise<void> {
  const ids = newRequestIds();
  response.setHeader('x-amz-request-id', ids.requestId);
  response.setHeader('x-amz-id-2', ids.hostId);
  response.setHeader('server', 'AmazonS3');
  try {
    await serve(readRequest(incoming, ids), response, server);
  } catch (error) {
    // Gone clients get no answer, and a body that has begun cannot turn into an error.
    if (incoming.socket.destroyed || response.headersSent) {
      response.destroy();
      return;
    }
    if (!(error instanceof S3Error))
      warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const s3Error = error instanceof S3Error ? error : new S3Error('InternalError');
    const [resource = '/'] = (incoming.url ?? '/').split('?');
    dropUnreadBody(incoming);
    sendError(response, s3Error, incoming.method ?? 'GET', { ...ids, resource });
  }
}
