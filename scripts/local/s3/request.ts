// What every part of the server asks of a request: its target, its decoded query and its headers as S3 reads them.
// Path style only: the first path segment is the bucket, the rest, decoded, is the key.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Error } from './errors.ts';

const maxKeyBytes = 1024;

export interface S3Request {
  readonly incoming: IncomingMessage;
  readonly method: string;
  readonly requestId: string;
  readonly hostId: string;
  /** The decoded path with its leading slash. */
  readonly path: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly query: URLSearchParams;
  readonly headers: ReadonlyMap<string, string>;
  /** Tells a client that waits for it to send the body. To be called when nothing speaks against the body any more. */
  readonly acceptBody: () => void;
}

/**
 * Reads the request line and the headers.
 * @throws {S3Error} InvalidURI for a path that is not percent-encoded UTF-8, KeyTooLongError past 1024 bytes.
 */
export function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  ids: Pick<S3Request, 'requestId' | 'hostId'>,
): S3Request {
  const url = incoming.url ?? '/';
  const questionMark = url.indexOf('?');
  const path = decodePath(questionMark < 0 ? url : url.slice(0, questionMark));
  const query = new URLSearchParams(questionMark < 0 ? '' : url.slice(questionMark + 1));
  const [, bucket, key] = /^\/([^/]*)(?:\/(.*))?$/s.exec(path) ?? [];
  if (key !== undefined) checkKeyLength(key);
  const headers = new Map<string, string>();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (values !== undefined) headers.set(name, asUtf8(values.join(',')));
  }
  return {
    ...ids,
    incoming,
    method: incoming.method ?? 'GET',
    path,
    ...(bucket && { bucket }),
    ...(key && { key }),
    query,
    headers,
    acceptBody: () => {
      if (expectsContinue(incoming)) response.writeContinue();
    },
  };
}

/** @throws {S3Error} KeyTooLongError when the key takes more than 1024 bytes of UTF-8. */
export function checkKeyLength(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > maxKeyBytes) {
    throw new S3Error('KeyTooLongError', {
      details: { Size: String(bytes), MaxSizeAllowed: String(maxKeyBytes) },
    });
  }
}

/** Whether the client sends its body only when it is told to. */
export function expectsContinue({ headers }: IncomingMessage): boolean {
  return /^100-continue$/i.test(headers.expect ?? '');
}

/** Fresh identifiers of the shape that S3 puts into its answers and events. */
export function newRequestIds(): Pick<S3Request, 'requestId' | 'hostId'> {
  return {
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    hostId: randomBytes(48).toString('base64'),
  };
}

// Node hands header bytes over as Latin-1; S3 takes them for UTF-8.
function asUtf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function decodePath(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    throw new S3Error('InvalidURI', { details: { URI: rawPath } });
  }
}
