// Classifies what the AWS SDK throws, here and nowhere else: an outage that a retry may outlive, or our own mistake.

import { TransientFailure } from '../domain/errors.ts';

const outageNames = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'NetworkingError',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  // Of CloudFront, whose distributions forget so much at a time.
  'TooManyInvalidationsInProgress',
  'ServiceUnavailable',
  'InternalError',
  'InternalServerError',
]);
const outageCodes = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/**
 * Sends one request and throws what went wrong as a classified failure.
 * @param call what is asked of whom, for people: `S3 GetObject`
 * @throws {TransientFailure} `dependency-unavailable` for throttling, 5xx, time-outs and broken connections;
 *   `internal` for anything else (denied access, a malformed request): retried too, and an error to look at
 */
export async function classified<T>(call: string, request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (cause) {
    const { message } = cause as Error;
    throw new TransientFailure(
      isOutage(cause) ? 'dependency-unavailable' : 'internal',
      `${call}: ${message}`,
      {
        cause,
      },
    );
  }
}

/** Whether the dependency was out of reach or overloaded, as opposed to having understood and refused. */
export function isOutage(thrown: unknown): boolean {
  const error = thrown as SdkError;
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0;
  return status >= 500 || status === 429 || outageNames.has(error.name) || outageCodes.has(error.code ?? '');
}

/** Whether the SDK's error has this name, as in `hasName(error, 'NoSuchKey')`. */
export function hasName(thrown: unknown, ...names: readonly string[]): boolean {
  return thrown instanceof Error && names.includes(thrown.name);
}
