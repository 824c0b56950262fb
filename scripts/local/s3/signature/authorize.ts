// Verifies a request by its Authorization header or its presigned query, and refuses it as S3 would.
// Everything is private here, so a request without a signature gets AccessDenied. Other services verify alike.
import { S3Error } from '../errors.ts';
import type { SignatureClaim, SignedRequest } from './claim.ts';
import { type CredentialScope, readCredential } from './credential.ts';
import { readHeaderClaim } from './header.ts';
import { type Payload, readPayload } from './payload.ts';
import { readPresignedClaim } from './presigned.ts';
import { type Credentials, type Signer, sameSignature } from './signer.ts';

export interface Authorization {
  readonly kind: 'header' | 'presigned';
  readonly payload: Payload;
  readonly amzDate: string;
  readonly scope: CredentialScope;
  /** The request's signature: the seed of signed chunks. */
  readonly signature: string;
}

export interface Authority {
  readonly service: string;
  readonly credentials: Credentials;
  readonly region: string;
  readonly signer: Signer;
  readonly clock: () => Date;
}

/**
 * Verifies the signature of a request.
 * @param bodySha256Hex of a body that has been read; S3 takes the request's word for it, and verifies it later
 * @throws {S3Error} AccessDenied, SignatureDoesNotMatch, RequestTimeTooSkewed and S3's other words for a bad signature.
 */
export async function authorize(
  request: SignedRequest,
  authority: Authority,
  bodySha256Hex?: string,
): Promise<Authorization> {
  const claim = readClaim(request, authority.clock(), bodySha256Hex);
  if (request.headers.has('x-amz-security-token') || request.query.has('X-Amz-Security-Token')) {
    throw new S3Error('InvalidToken');
  }
  const scope = readCredential(
    claim.credential,
    claim.amzDate,
    { ...authority, accessKeyId: authority.credentials.accessKeyId },
    claim.kind === 'header' ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError',
  );
  requireSignedHeaders(request, claim.signedHeaders);
  const expected = await authority.signer.expected(
    {
      method: request.method,
      path: request.path,
      query: queryBag(request.query),
      // A signed header that did not arrive counts as empty, so its signature cannot match.
      headers: Object.fromEntries(claim.signedHeaders.map((name) => [name, request.headers.get(name) ?? ''])),
      payloadHash: claim.payloadHash,
    },
    claim.amzDate,
    scope,
  );
  if (!sameSignature(expected.signature, claim.signature)) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: scope.accessKeyId,
        StringToSign: expected.stringToSign,
        SignatureProvided: claim.signature,
        CanonicalRequest: expected.canonicalRequest,
      },
    });
  }
  const payload = readPayload(claim.payloadHash);
  return { kind: claim.kind, payload, amzDate: claim.amzDate, scope, signature: claim.signature };
}

function readClaim(request: SignedRequest, now: Date, bodySha256Hex: string | undefined): SignatureClaim {
  const header = request.headers.get('authorization');
  const presigned = request.query.has('X-Amz-Algorithm') || request.query.has('X-Amz-Signature');
  if (header !== undefined && presigned) {
    throw new S3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    });
  }
  if (header !== undefined) return readHeaderClaim(request, header, now, bodySha256Hex);
  if (presigned) return readPresignedClaim(request, now);
  if (request.query.has('AWSAccessKeyId')) {
    throw new S3Error('InvalidRequest', {
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    });
  }
  throw new S3Error('AccessDenied');
}

function requireSignedHeaders(request: SignedRequest, signed: readonly string[]): void {
  const unsigned = [...request.headers.keys()].filter((name) => {
    return (name === 'host' || name.startsWith('x-amz-')) && !signed.includes(name);
  });
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', {
      message: 'There were headers present in the request which were not signed',
      details: { HeadersNotSigned: unsigned.join(', ') },
    });
  }
}

function queryBag(query: URLSearchParams): Record<string, string | string[]> {
  const bag: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    bag[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return bag;
}
