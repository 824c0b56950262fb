// The imaging engine as the metadata worker sees it: a warm, disposable process that reads what originals tell of themselves.

import type { MetadataEngine } from './contract.ts';
import { childEntry } from './isolation/child-entry.ts';
import { firstReadBytes, metadataOrder } from './isolation/metadata-order.ts';
import { ProcessPool } from './isolation/process-pool.ts';

export interface MetadataEngineOptions {
  /** Originals read at once, each in its own process; default 1. What waits for S3 is not read yet. */
  readonly concurrency?: number;
  /** Milliseconds of the process's own one original may take before it is killed; default {@link readDeadlineMs}. */
  readonly deadlineMs?: number;
  /** Resident megabytes at which the process is killed; default 256. */
  readonly memoryCeilingMb?: number;
  /** The child's program; default: beside this module (see child-entry.ts). */
  readonly childEntry?: URL;
  /** The child's whole environment: nothing of the parent's is passed on. */
  readonly childEnvironment?: Readonly<Record<string, string>>;
}

export const readDeadlineMs = 5_000;

const bytesPerMegabyte = 1_000_000;
/** Of what grows with age, nothing was seen in 10,000 originals: the rest is caution. */
const recycleAfterOrders = 1_000;
const recycleAboveMb = 150;

/** Starts the processes at once, so that they load while the caller still fetches. */
export function createMetadataEngine(options: MetadataEngineOptions = {}): MetadataEngine {
  const pool = new ProcessPool({
    program: { entry: options.childEntry ?? childEntry('metadata'), decodes: false },
    environment: options.childEnvironment ?? {},
    concurrency: options.concurrency ?? 1,
    deadlineMs: options.deadlineMs ?? readDeadlineMs,
    memoryCeilingBytes: (options.memoryCeilingMb ?? 256) * bytesPerMegabyte,
    recycleAfterOrders,
    recycleAboveBytes: recycleAboveMb * bytesPerMegabyte,
  });

  return {
    async readMetadata(source, { endsAt } = {}) {
      const first = await source.read(0, Math.min(firstReadBytes, source.byteLength));
      return pool.fulfill(metadataOrder(source, first), { ...(endsAt !== undefined && { endsAt }) });
    },
    async close() {
      pool.close();
    },
  };
}
