// Opens the body of a request as a stream of its true bytes: length announced, framing off, silence cut short.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
import type { IncomingMessage } from 'node:http';
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

const readLength = (text: string | undefined): number => {
  if (text === undefined || !/^\d+$/.test(text)) throw new S3Error('MissingContentLength');
  return Number(text);
};

const announcedBytes = (request: S3Request, chunked: boolean): number => {
  if (chunked) return readLength(request.headers.get('x-amz-decoded-content-length'));
  if (request.headers.has('transfer-encoding')) {
    throw new S3Error('NotImplemented', undefined, { Header: 'Transfer-Encoding' });
  }
  return readLength(request.headers.get('content-length'));
};

/** The raw bytes; the socket stays usable for an answer when reading stops early. @throws S3Error RequestTimeout */
export async function* readUntilIdle(
  incoming: IncomingMessage,
  idleMilliseconds: number,
): AsyncGenerator<Buffer> {
  const chunks: AsyncIterator<Buffer> = incoming.iterator({ destroyOnReturn: false });
  for (;;) {
    const { promise: idle, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new S3Error('RequestTimeout')), idleMilliseconds);
    try {
      const next = await Promise.race([chunks.next(), idle]);
      if (next.done === true) return;
      yield next.value;
    } finally {
      clearTimeout(timer);
    }
  }
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

/**
 * Opens a body that may hold at most `maxBytes`.
 * @throws S3Error MissingContentLength, EntityTooLarge or NotImplemented before a byte is read; IncompleteBody, RequestTimeout and the framing's errors while reading.
 */
export function openBody(
  request: S3Request,
  authorization: Authorization,
  limits: { readonly maxBytes: number; readonly idleMilliseconds: number },
  signer: Signer,
): OpenBody {
  const { payload } = authorization;
  const expectedBytes = announcedBytes(request, payload.kind === 'chunked');
  if (expectedBytes > limits.maxBytes) {
    throw new S3Error('EntityTooLarge', undefined, {
      ProposedSize: String(expectedBytes),
      MaxSizeAllowed: String(limits.maxBytes),
    });
  }
  const raw = readUntilIdle(request.incoming, limits.idleMilliseconds);
  const trailers = new Map<string, string>();
  if (payload.kind !== 'chunked') return { bytes: exactly(raw, expectedBytes), expectedBytes, trailers };
  const framing = {
    verifier: payload.signed ? createChunkVerifier(signer, authorization) : undefined,
    promisedTrailers: (request.headers.get('x-amz-trailer') ?? '')
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    trailers,
  };
  return { bytes: exactly(decodeAwsChunked(raw, framing), expectedBytes), expectedBytes, trailers };
}
