// Opens the body of a request as a stream of its content: without framing, of the announced length, never stalling.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import { S3Error } from '../errors.ts';
import type { S3Request } from '../request.ts';
import type { Authorization } from '../signature/authorize.ts';
import { createChunkVerifier } from '../signature/chunks.ts';
import type { Signer } from '../signature/signer.ts';
import { decodeAwsChunked } from './aws-chunked.ts';

export interface OpenBody {
  readonly bytes: AsyncIterable<Buffer>;
  readonly expectedBytes: number;
  /** Filled when `bytes` has been read to its end. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** The raw bytes; the socket stays usable for an answer when reading stops early. @throws {S3Error} RequestTimeout */
export async function* readUntilIdle(
  { incoming, acceptBody }: Pick<S3Request, 'incoming' | 'acceptBody'>,
  idleMs: number,
): AsyncGenerator<Buffer> {
  acceptBody();
  const chunks: AsyncIterator<Buffer> = incoming.iterator({ destroyOnReturn: false });
  for (;;) {
    const { promise: idle, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new S3Error('RequestTimeout')), idleMs);
    try {
      const next = await Promise.race([chunks.next(), idle]);
      if (next.done === true) return;
      yield next.value;
    } finally {
      clearTimeout(timer);
    }
  }
}

/**
 * Opens a body that may hold at most `maxBytes`.
 * @throws {S3Error} MissingContentLength, EntityTooLarge or NotImplemented before a byte is read; IncompleteBody, RequestTimeout and the framing's errors while reading.
 */
export function openBody(
  request: S3Request,
  authorization: Authorization,
  limits: { readonly maxBytes: number; readonly idleMs: number },
  signer: Signer,
): OpenBody {
  const { payload } = authorization;
  const expectedBytes = announcedBytes(request, payload.kind === 'chunked');
  if (expectedBytes > limits.maxBytes) {
    throw new S3Error('EntityTooLarge', {
      details: { ProposedSize: String(expectedBytes), MaxSizeAllowed: String(limits.maxBytes) },
    });
  }
  const raw = readUntilIdle(request, limits.idleMs);
  const trailers = new Map<string, string>();
  if (payload.kind !== 'chunked') return { bytes: exactly(raw, expectedBytes), expectedBytes, trailers };
  const framing = {
    ...(payload.signed && { verifier: createChunkVerifier(signer, authorization) }),
    announcedTrailers: (request.headers.get('x-amz-trailer') ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    trailers,
  };
  return { bytes: exactly(decodeAwsChunked(raw, framing), expectedBytes), expectedBytes, trailers };
}

function readLength(text: string | undefined): number {
  if (text === undefined || !/^\d+$/.test(text)) throw new S3Error('MissingContentLength');
  return Number(text);
}

function announcedBytes(request: S3Request, chunked: boolean): number {
  if (chunked) return readLength(request.headers.get('x-amz-decoded-content-length'));
  if (request.headers.has('transfer-encoding')) {
    throw new S3Error('NotImplemented', { details: { Header: 'Transfer-Encoding' } });
  }
  return readLength(request.headers.get('content-length'));
}

async function* exactly(source: AsyncIterable<Buffer>, expectedBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > expectedBytes) throw new S3Error('IncompleteBody');
    yield chunk;
  }
  if (bytes < expectedBytes) throw new S3Error('IncompleteBody');
}
