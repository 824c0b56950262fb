// Reads the signature of a presigned URL and refuses one that has expired or is not valid yet.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
import { ALGORITHM_IDENTIFIER, MAX_PRESIGNED_TTL, UNSIGNED_PAYLOAD } from '@smithy/signature-v4';
import { S3Error } from '../errors.ts';
import type { SignatureClaim, SignedRequest } from './claim.ts';
import { parseAmzDate } from './credential.ts';
import { maxSkewMs } from './header.ts';

const parameters = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Signature',
  'X-Amz-Date',
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
] as const;

/** @throws {S3Error} AuthorizationQueryParametersError when a parameter is missing or wrong, AccessDenied out of its time. */
export function readPresignedClaim(request: SignedRequest, now: Date): SignatureClaim {
  const { query, headers } = request;
  const values = parameters.map((name) => query.get(name) ?? '');
  const [algorithm = '', credential = '', signature = '', amzDate = '', signedHeaders = '', expires = ''] =
    values;
  if (values.includes('')) {
    throw malformed(
      `Query-string authentication version 4 requires the ${parameters.slice(0, -1).join(', ')}, and ${parameters.at(-1)} parameters.`,
    );
  }
  if (algorithm !== ALGORITHM_IDENTIFIER) {
    throw malformed(`X-Amz-Algorithm only supports "${ALGORITHM_IDENTIFIER}"`);
  }
  const date = parseAmzDate(amzDate);
  if (date === undefined)
    throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  checkValidity(date, readExpiry(expires), now);
  const payloadHash =
    headers.get('x-amz-content-sha256') ?? query.get('X-Amz-Content-Sha256') ?? UNSIGNED_PAYLOAD;
  return {
    kind: 'presigned',
    credential,
    amzDate,
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
  };
}

function malformed(message: string): S3Error {
  return new S3Error('AuthorizationQueryParametersError', { message: message });
}

function readExpiry(text: string): number {
  const seconds = Number(text);
  if (!/^-?\d+$/.test(text)) throw malformed('X-Amz-Expires should be a number');
  if (seconds < 0) throw malformed('X-Amz-Expires must be non-negative');
  if (seconds > MAX_PRESIGNED_TTL) {
    throw malformed(
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${MAX_PRESIGNED_TTL} seconds`,
    );
  }
  return seconds;
}

function checkValidity(date: Date, expirySeconds: number, now: Date): void {
  const expires = new Date(date.getTime() + expirySeconds * 1000);
  const details = {
    'X-Amz-Expires': String(expirySeconds),
    Expires: expires.toISOString(),
    ServerTime: now.toISOString(),
  };
  if (now > expires) throw new S3Error('AccessDenied', { message: 'Request has expired', details });
  if (date.getTime() - now.getTime() > maxSkewMs) {
    throw new S3Error('AccessDenied', { message: 'Request is not yet valid', details });
  }
}
