// The program of the process that reads metadata, one original an order. It asks its parent for the bytes it needs.

import type { ByteSource } from '../../contract.ts';
import { readMetadata } from '../../metadata/read-metadata.ts';
import { type MetadataOrder, type MetadataReport, maxReadBytes, type ReadRequest } from '../protocol.ts';
import { type AskParent, serve } from './program.ts';

serve(async ({ head, blocks: [first = Buffer.alloc(0)] }, ask) => {
  const { byteLength } = head as MetadataOrder;
  const metadata = await readMetadata(remoteSource(byteLength, first, ask));
  const report: MetadataReport = { kind: 'metadata', metadata };
  return { head: report };
});

/** An original whose first bytes are here, and the rest with the parent. */
function remoteSource(byteLength: number, first: Buffer, ask: AskParent): ByteSource {
  async function piece(offset: number, length: number): Promise<Buffer> {
    const request: ReadRequest = { kind: 'read', offset, length };
    const [bytes = Buffer.alloc(0)] = (await ask(request)).blocks;
    return bytes;
  }

  return {
    byteLength,
    async read(offset, length) {
      const end = Math.min(offset + length, byteLength);
      if (end <= first.length) return first.subarray(offset, end);
      const pieces: Buffer[] = [];
      for (let at = offset; at < end; at += maxReadBytes) {
        pieces.push(await piece(at, Math.min(maxReadBytes, end - at)));
      }
      return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
    },
  };
}
