// Verifies the chain of signatures in a signed aws-chunked body: every chunk signs its data and the one before it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
import { createHash } from 'node:crypto';
import { S3Error } from '../errors.ts';
import type { Authorization } from './authorize.ts';
import { type Signer, sameSignature } from './signer.ts';

export interface ChunkVerifier {
  /** @throws {S3Error} SignatureDoesNotMatch */
  chunk(dataSha256Hex: string, signature: string): Promise<void>;
  /** @throws {S3Error} SignatureDoesNotMatch */
  trailer(canonicalTrailer: string, signature: string): Promise<void>;
}

const emptySha256 = sha256Hex('');

/** Starts the chain at the request's own signature. */
export function createChunkVerifier(signer: Signer, authorization: Authorization): ChunkVerifier {
  const { amzDate, scope } = authorization;
  let previous = authorization.signature;
  const follow = async (algorithm: string, hashes: readonly string[], signature: string): Promise<void> => {
    const stringToSign = [algorithm, amzDate, scope.text, previous, ...hashes].join('\n');
    const expected = await signer.sign(stringToSign, { signingDate: scope.signingDate });
    if (!sameSignature(expected, signature)) {
      throw new S3Error('SignatureDoesNotMatch', {
        details: { StringToSign: stringToSign, SignatureProvided: signature },
      });
    }
    previous = signature;
  };
  return {
    chunk: (dataSha256Hex, signature) =>
      follow('AWS4-HMAC-SHA256-PAYLOAD', [emptySha256, dataSha256Hex], signature),
    trailer: (canonicalTrailer, signature) =>
      follow('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(canonicalTrailer)], signature),
  };
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
