// What x-amz-content-sha256 says about the body: its hash, nothing, or one of the aws-chunked framings.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
import { S3Error } from '../errors.ts';

export type Payload =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'chunked'; readonly signed: boolean; readonly trailer: boolean };

const framings: Readonly<Record<string, Payload>> = {
  'UNSIGNED-PAYLOAD': { kind: 'unsigned' },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { kind: 'chunked', signed: false, trailer: true },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { kind: 'chunked', signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { kind: 'chunked', signed: true, trailer: true },
};

/** @throws {S3Error} NotImplemented for SigV4A framings, InvalidArgument for anything S3 does not know. */
export function readPayload(contentSha256: string): Payload {
  const framing = framings[contentSha256];
  if (framing !== undefined) return framing;
  if (/^[0-9a-f]{64}$/.test(contentSha256)) return { kind: 'sha256', hex: contentSha256 };
  if (contentSha256.startsWith('STREAMING-AWS4-ECDSA')) {
    throw new S3Error('NotImplemented', { details: { Header: 'x-amz-content-sha256' } });
  }
  throw new S3Error('InvalidArgument', {
    message:
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
    details: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: contentSha256 },
  });
}
