// Reads the signature of an Authorization header and refuses one that is too old or too new.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
import { S3Error } from '../errors.ts';
import type { SignatureClaim, SignedRequest } from './claim.ts';
import { parseAmzDate } from './credential.ts';

export const maxSkewMs = 15 * 60 * 1000;

const authorizationPattern =
  /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+)\s*,\s*SignedHeaders=([^,\s]+)\s*,\s*Signature=([0-9a-f]+)$/;

/** @throws {S3Error} for a malformed header, a missing date or body hash, or a clock more than 15 minutes apart. */
export function readHeaderClaim(
  request: SignedRequest,
  header: string,
  now: Date,
  bodySha256Hex?: string,
): SignatureClaim {
  const [, credential = '', signedHeaders = '', signature = ''] =
    authorizationPattern.exec(header) ?? refuseShape(header);
  const amzDate = request.headers.get('x-amz-date') ?? '';
  const date = parseAmzDate(amzDate);
  if (date === undefined) {
    throw new S3Error('AccessDenied', {
      message: 'AWS authentication requires a valid Date or x-amz-date header',
    });
  }
  if (Math.abs(now.getTime() - date.getTime()) > maxSkewMs) {
    throw new S3Error('RequestTimeTooSkewed', {
      details: {
        RequestTime: amzDate,
        ServerTime: now.toISOString(),
        MaxAllowedSkewMilliseconds: String(maxSkewMs),
      },
    });
  }
  const payloadHash = bodySha256Hex ?? request.headers.get('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  return {
    kind: 'header',
    credential,
    amzDate,
    signedHeaders: signedHeaders.split(';'),
    signature,
    payloadHash,
  };
}

function refuseShape(header: string): never {
  if (header.startsWith('AWS ')) {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  }
  if (!header.startsWith('AWS4-HMAC-SHA256')) {
    throw new S3Error('InvalidArgument', {
      message: 'Unsupported Authorization Type',
      details: { ArgumentName: 'Authorization', ArgumentValue: header },
    });
  }
  throw new S3Error('AuthorizationHeaderMalformed');
}
