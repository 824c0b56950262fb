// Sources of bytes that need no network, and how to walk through any.

import type { ByteSource } from '../contract.ts';

const pieceBytes = 256 * 1024;

/** An original that is in memory already. */
export function bufferSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.byteLength,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

/** Everything, in order and in pieces: no more is in memory than one, which is overwritten by the next. */
export async function* pieces(source: ByteSource): AsyncGenerator<Buffer> {
  const into = Buffer.allocUnsafe(pieceBytes);
  for (let at = 0; at < source.byteLength; at += pieceBytes) {
    const { buffer, byteOffset, byteLength } = await source.read(at, pieceBytes, into);
    yield Buffer.from(buffer, byteOffset, byteLength);
  }
}
