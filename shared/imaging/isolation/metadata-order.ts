// The parent's side of reading one original's metadata: gives its bytes where they are asked for, within bounds, and
// takes nothing back but metadata.

import * as z from 'zod/mini';
import type { ImageMetadata } from '../../domain/metadata.ts';
import type { ByteSource } from '../contract.ts';
import { metadataSchema } from './metadata-schema.ts';
import type { Order } from './order.ts';
import { type MetadataOrder, maxReadBytes } from './protocol.ts';
import { failedReport, failureOf, parsed, ReportError, rejectedReport } from './reports.ts';

const report = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('metadata'), metadata: metadataSchema }),
  z.strictObject({
    kind: z.literal('read'),
    offset: z.int().check(z.nonnegative()),
    length: z.int().check(z.positive()),
  }),
  rejectedReport,
  failedReport,
]);

/** Fetched before a process is waited for: holds all metadata of nearly every camera photo. */
export const firstReadBytes = 96 * 1024;
/** All that may be recorded of one image, and a little around it. */
const maxReportBytes = 33 * 1024;
/** Bounds of what one file's metadata is worth; the reader itself keeps to less. */
const maxReads = 100;
const maxExtraBytes = 2 * 1024 * 1024;

/** @param first the first bytes of the source */
export function metadataOrder(source: ByteSource, first: Uint8Array): Order<ImageMetadata> {
  return {
    answers: { maxHeadBytes: maxReportBytes, maxBlocks: 0, maxBlockBytes: 0 },
    async converse({ ask }) {
      const reads = new BoundedReads(source);
      const order: MetadataOrder = { byteLength: source.byteLength };
      let said = parsed(report, (await ask(order, [first])).head);
      while (said.kind === 'read') {
        const bytes = await reads.read(said.offset, said.length);
        said = parsed(report, (await ask({}, [bytes])).head);
      }
      return said.kind === 'metadata' ? said.metadata : failureOf(said);
    },
  };
}

/** Which reads of a file a process may ask for, how many, and how much of the file in all. */
class BoundedReads {
  readonly #source: ByteSource;
  #leftReads = maxReads;
  #leftBytes: number;

  constructor(source: ByteSource) {
    this.#source = source;
    this.#leftBytes = 2 * source.byteLength + maxExtraBytes;
  }

  /** @throws {ReportError} for a read that no reader of headers asks for */
  async read(offset: number, length: number): Promise<Uint8Array> {
    this.#leftReads -= 1;
    this.#leftBytes -= length;
    if (offset + length > this.#source.byteLength || length > maxReadBytes)
      throw new ReportError(`a read of ${length} bytes at ${offset} of ${this.#source.byteLength}`);
    if (this.#leftReads < 0 || this.#leftBytes < 0) throw new ReportError('no end of reads');
    return this.#source.read(offset, length);
  }
}
