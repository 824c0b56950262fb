// An original that is in memory already, as a source to read piece by piece.

import type { ByteSource } from './contract.ts';

export function bufferSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.byteLength,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
