// The files that hold object bytes: written once under a fresh name, on the disk before a row points at them.
// A file without a row is a leftover of a crash or of a refused upload, and goes at the next start.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type ChecksumAlgorithm, checksumAlgorithms, startMd5 } from '../body/checksums.ts';
import type { ComputedDigests, StoredChecksum } from '../body/integrity.ts';
import type { StoredObject } from './objects.ts';

export type WrittenFile = Pick<StoredObject, 'file' | 'bytes' | 'etag' | 'checksum'>;

export interface ObjectFiles {
  /**
   * Streams the bytes into a new file and hashes them on the way.
   * When the source or `verify` throws, the file is removed before the error goes on.
   * @param verify throws unless the bytes are those that were announced, and tells the checksum to keep
   */
  write(
    source: AsyncIterable<Buffer>,
    checksums: readonly ChecksumAlgorithm[],
    verify: (computed: ComputedDigests) => StoredChecksum | undefined,
  ): Promise<WrittenFile>;
  /** A file descriptor for reading: an overwritten object stays readable for those who opened it before. */
  open(file: string): number;
  remove(file: string): Promise<void>;
}

/** The object files of a data folder; those not in `referenced` are removed. */
export function openObjectFiles(dataDir: string, referenced: ReadonlySet<string>): ObjectFiles {
  const folder = join(dataDir, 'objects');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!referenced.has(name)) rmSync(join(folder, name), { force: true });
  }
  const syncFolder = async (): Promise<void> => {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  };
  const remove = (file: string): Promise<void> => rm(join(folder, file), { force: true });
  return {
    write: async (source, algorithms, verify) => {
      const file = randomUUID();
      const md5 = startMd5();
      const digests = algorithms.map((algorithm) => ({
        algorithm,
        digest: checksumAlgorithms[algorithm].start(),
      }));
      let bytes = 0;
      const measure = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of source) {
          bytes += chunk.length;
          md5.update(chunk);
          for (const { digest } of digests) digest.update(chunk);
          yield chunk;
        }
      };
      try {
        await pipeline(measure(), createWriteStream(join(folder, file), { flags: 'wx', flush: true }));
        const checksums = new Map<ChecksumAlgorithm, string>();
        for (const { algorithm, digest } of digests) checksums.set(algorithm, await digest.base64());
        const md5Base64 = await md5.base64();
        const checksum = verify({ md5Base64, checksums });
        await syncFolder();
        const etag = Buffer.from(md5Base64, 'base64').toString('hex');
        return { file, bytes, etag, ...(checksum && { checksum }) };
      } catch (error) {
        await remove(file);
        throw error;
      }
    },
    open: (file) => openSync(join(folder, file), 'r'),
    remove,
  };
}
