// What a signature must be, computed by the signer of the AWS SDK itself over the request that arrived.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
import { timingSafeEqual } from 'node:crypto';
import { ALGORITHM_IDENTIFIER, getCanonicalHeaders, SignatureV4 } from '@smithy/signature-v4';
import type { CredentialScope } from './credential.ts';
import { Sha256 } from './sha256.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CanonicalRequest {
  readonly method: string;
  /** Decoded; encoded here once, as S3 does, whatever the client left unencoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  /** The signed headers only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payloadHash: string;
}

export class Signer extends SignatureV4 {
  constructor(credentials: Credentials, region: string, service: string) {
    super({ credentials, region, service, sha256: Sha256, uriEscapePath: false, applyChecksum: false });
  }

  /** The signature that is expected of a request, with the two texts that help to find out why one differs. */
  async expected(request: CanonicalRequest, amzDate: string, scope: CredentialScope) {
    const headers = getCanonicalHeaders(
      { headers: request.headers, method: '', protocol: '', hostname: '', path: '' },
      undefined,
      new Set(Object.keys(request.headers)),
    );
    const encoded = {
      method: request.method,
      path: encodePath(request.path),
      query: request.query,
      headers,
      protocol: '',
      hostname: '',
    };
    const canonicalRequest = this.createCanonicalRequest(encoded, headers, request.payloadHash);
    const stringToSign = await this.createStringToSign(
      amzDate,
      scope.text,
      canonicalRequest,
      ALGORITHM_IDENTIFIER,
    );
    return {
      canonicalRequest,
      stringToSign,
      signature: await this.sign(stringToSign, { signingDate: scope.signingDate }),
    };
  }
}

/** Compares two signatures in constant time. */
export function sameSignature(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function encodePath(path: string): string {
  return encodeURIComponent(path)
    .replace(/%2F/g, '/')
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
