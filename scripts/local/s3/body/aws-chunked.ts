// Takes the aws-chunked framing off a body: chunk headers, chunk signatures, trailers.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
import { createHash } from 'node:crypto';
import { S3Error } from '../errors.ts';
import type { ChunkVerifier } from '../signature/chunks.ts';
import { ByteReader } from './byte-reader.ts';

const minChunkBytes = 8192;
const chunkHeader = /^([0-9a-fA-F]{1,10})(?:;chunk-signature=([0-9a-f]{64}))?$/;

export interface ChunkedFraming {
  /** Absent when the chunks are not signed. */
  readonly verifier?: ChunkVerifier;
  /** The header names that x-amz-trailer announced. */
  readonly announcedTrailers: readonly string[];
  /** Filled once the last chunk has been read. */
  readonly trailers: Map<string, string>;
}

/**
 * The bytes inside the framing, streamed; trailers are in `framing.trailers` when the iteration is over.
 * @throws {S3Error} IncompleteBody, InvalidChunkSizeError, SignatureDoesNotMatch or MalformedTrailerError.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  framing: ChunkedFraming,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  try {
    let previousBytes = minChunkBytes;
    for (;;) {
      const { bytes, signature } = readHeader(await reader.line(), framing.verifier !== undefined);
      if (bytes > 0 && previousBytes < minChunkBytes) throw new S3Error('InvalidChunkSizeError');
      const hash = framing.verifier && createHash('sha256');
      for await (const piece of reader.take(bytes)) {
        hash?.update(piece);
        yield piece;
      }
      if (hash !== undefined) await framing.verifier?.chunk(hash.digest('hex'), signature);
      if (bytes === 0) break;
      if ((await reader.line()) !== '') throw new S3Error('IncompleteBody');
      previousBytes = bytes;
    }
    await readTrailers(reader, framing);
    if (!(await reader.atEnd())) throw new S3Error('IncompleteBody');
  } finally {
    await reader.close();
  }
}

function readHeader(line: string, signed: boolean): { bytes: number; signature: string } {
  const [, hexLength = '', signature] = chunkHeader.exec(line) ?? [];
  if (hexLength === '' || signed !== (signature !== undefined)) throw new S3Error('IncompleteBody');
  return { bytes: Number.parseInt(hexLength, 16), signature: signature ?? '' };
}

async function readTrailers(reader: ByteReader, framing: ChunkedFraming): Promise<void> {
  let signature: string | undefined;
  for (let line = await reader.line(); line !== ''; line = await reader.line()) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new S3Error('MalformedTrailerError');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else framing.trailers.set(name, value);
  }
  const arrived = [...framing.trailers.keys()];
  const { announcedTrailers } = framing;
  if (
    arrived.length !== announcedTrailers.length ||
    !arrived.every((name) => announcedTrailers.includes(name))
  ) {
    throw new S3Error('MalformedTrailerError');
  }
  if (framing.verifier === undefined || announcedTrailers.length === 0) return;
  const canonical = arrived.map((name) => `${name}:${framing.trailers.get(name)}\n`).join('');
  await framing.verifier.trailer(canonical, signature ?? '');
}
