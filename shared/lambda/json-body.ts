// The body of a request, as JSON of a size and a depth that are no burden.

import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { Problem } from '../api/problem.ts';

const maxBytes = 10_240;
const maxDepth = 10;
const jsonType = /^application\/(?:[\w.+-]+\+)?json[\t ]*(?:;|$)/i;

interface Bodied extends Pick<APIGatewayProxyEventV2, 'headers' | 'isBase64Encoded'> {
  /** API Gateway leaves it out of an event without one; others say null. */
  readonly body?: string | null;
}

/**
 * The request's body.
 * @throws {Problem} `body-too-large`; `unsupported-media-type`; `invalid-request` for what is no JSON, or is nested deeply
 */
export function jsonBody({ headers, body, isBase64Encoded }: Bodied): unknown {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) {
    throw new Problem(
      'body-too-large',
      `Send at most ${maxBytes} bytes (10 KiB); this body has ${bytes.length}.`,
    );
  }
  const contentType = headers['content-type'];
  // A body that is not there has no type; it is refused as the JSON that it is not.
  if (bytes.length > 0 && !jsonType.test(contentType ?? '')) {
    throw new Problem('unsupported-media-type', 'Send the body with content-type: application/json.');
  }
  const value = parse(bytes);
  if (isDeeper(value, maxDepth)) {
    throw new Problem('invalid-request', `The body must be nested at most ${maxDepth} levels deep.`);
  }
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Problem('invalid-request', 'The body must be JSON.');
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
