// What a call must be before SNS, SQS, DynamoDB or STS see it: a POST by a program of this machine, signed with the
// data folder's key, for an action that the engine has.
import { createHash } from 'node:crypto';
import { IncomingMessage, type ServerResponse } from 'node:http';
import { S3Error, type S3ErrorCode } from '../s3/errors.ts';
import { type Authority, authorize } from '../s3/signature/authorize.ts';
import { type ActionService, actions } from './actions.ts';
import { CallRefusal } from './call-refusal.ts';

// DynamoDB's own limit; the others take less.
const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Reads and verifies a call.
 * @returns the same request, its body still to be read
 * @throws {CallRefusal}
 */
export async function verifyCall(
  request: IncomingMessage,
  response: ServerResponse,
  service: ActionService,
  authority: Authority,
): Promise<IncomingMessage> {
  refuseBrowsers(request);
  if (request.method !== 'POST' || request.url !== '/') {
    throw new CallRefusal('InvalidAction', 400, `${service} is called by POST / here.`);
  }
  if (request.headers.authorization === undefined) {
    throw new CallRefusal('MissingAuthenticationToken', 403, 'Request is missing Authentication Token');
  }
  if (/^100-continue$/i.test(request.headers.expect ?? '')) response.writeContinue();
  const body = await readBody(request);
  await verifySignature(request, body, authority);
  const action = actionOf(request, body, service);
  if (!(actions[service] as readonly string[]).includes(action)) {
    throw new CallRefusal('InvalidAction', 400, `Unknown action: ${action}`);
  }
  return replay(request, body);
}

// No page has business here: browsers name the page's origin in every request that could do something.
function refuseBrowsers({ headers }: IncomingMessage): void {
  const site = headers['sec-fetch-site'] ?? 'none';
  if (headers.origin === undefined && site === 'none') return;
  throw new CallRefusal('AccessDenied', 403, 'Web pages cannot call this endpoint.');
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) throw new CallRefusal('RequestEntityTooLarge', 413, 'The body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const refusals: Readonly<Partial<Record<S3ErrorCode, string>>> = {
  AccessDenied: 'IncompleteSignature',
  AuthorizationHeaderMalformed: 'IncompleteSignature',
  InvalidAccessKeyId: 'UnrecognizedClientException',
  InvalidArgument: 'IncompleteSignature',
  InvalidRequest: 'IncompleteSignature',
  InvalidToken: 'UnrecognizedClientException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
};

async function verifySignature(request: IncomingMessage, body: Buffer, authority: Authority): Promise<void> {
  const headers = Object.entries(request.headersDistinct).map(
    ([name, values]) => [name, (values ?? []).join(',')] as const,
  );
  const signed = { method: 'POST', path: '/', query: new URLSearchParams(), headers: new Map(headers) };
  try {
    await authorize(signed, authority, createHash('sha256').update(body).digest('hex'));
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    throw new CallRefusal(refusals[error.code] ?? 'AccessDenied', error.status, error.message);
  }
}

function actionOf({ headers }: IncomingMessage, body: Buffer, service: ActionService): string {
  const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim();
  if (service === 'sns' || service === 'sts') {
    if (contentType !== 'application/x-www-form-urlencoded') return `of content type ${contentType}`;
    return new URLSearchParams(body.toString()).get('Action') ?? '';
  }
  // The query protocol of old SQS clients is nothing that the engine knows.
  if (contentType !== 'application/x-amz-json-1.0') return `of content type ${contentType}`;
  const [, action = ''] = String(headers['x-amz-target'] ?? '').split('.');
  return action;
}

function replay(request: IncomingMessage, body: Buffer): IncomingMessage {
  const replayed = new IncomingMessage(request.socket);
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(replayed, { method, url, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor });
  replayed.headers = headers;
  replayed.complete = true;
  replayed.push(body);
  replayed.push(null);
  return replayed;
}
