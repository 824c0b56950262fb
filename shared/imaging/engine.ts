// The imaging engine as the renditions worker sees it: a small pool of warm, disposable processes that render.

import { createHash } from 'node:crypto';
import { PermanentFailure } from '../domain/errors.ts';
import type { ImagingEngine } from './contract.ts';
import { defaultLimits, type ImagingLimits } from './inspect/limits.ts';
import { childEntry } from './isolation/child-entry.ts';
import { fontEnvironment } from './isolation/fonts.ts';
import { ProcessPool } from './isolation/process-pool.ts';
import { renderOrder } from './isolation/render-order.ts';
import { isRisky } from './isolation/signatures.ts';

export interface ImagingEngineOptions {
  /** Originals developed at once, each in its own process. One a vCPU; default 1. */
  readonly concurrency?: number;
  /** Milliseconds one original may take before its decode is killed; default {@link renderDeadlineMs}. */
  readonly deadlineMs?: number;
  /** Resident megabytes at which a decode is killed; default 700. */
  readonly memoryCeilingMb?: number;
  /** Originals after which a process is replaced; default 200. */
  readonly recycleAfterImages?: number;
  /** Resident megabytes after an original at which its process is replaced; default 320. */
  readonly recycleAboveMb?: number;
  /** No process serves two owners; default false. */
  readonly separatesOwners?: boolean;
  readonly limits?: Partial<ImagingLimits>;
  /** The child's program; default: beside this module (see child-entry.ts). */
  readonly childEntry?: URL;
  /** The child's whole environment, beside where its fonts are: nothing of the parent's is passed on, so a decoder never holds credentials. */
  readonly childEnvironment?: Readonly<Record<string, string>>;
}

/** More than any file takes that is accepted, on the processor of a Lambda function. */
export const renderDeadlineMs = 15_000;

const bytesPerMegabyte = 1_000_000;

/** Starts the processes at once, so that they load while the caller still fetches. */
export function createImagingEngine(options: ImagingEngineOptions = {}): ImagingEngine {
  const limits = { ...defaultLimits, ...options.limits };
  const pool = new ProcessPool({
    program: { entry: options.childEntry ?? childEntry('render'), decodes: true },
    environment: { ...fontEnvironment(), ...options.childEnvironment },
    concurrency: options.concurrency ?? 1,
    deadlineMs: options.deadlineMs ?? renderDeadlineMs,
    memoryCeilingBytes: (options.memoryCeilingMb ?? 700) * bytesPerMegabyte,
    recycleAfterOrders: options.recycleAfterImages ?? 200,
    recycleAboveBytes: (options.recycleAboveMb ?? 320) * bytesPerMegabyte,
  });

  return {
    async render(original, variants, { ownerId, endsAt } = {}) {
      if (original.byteLength > limits.maxBytes) {
        throw new PermanentFailure(
          'too-large',
          `${original.byteLength} bytes; at most ${limits.maxBytes} are accepted`,
        );
      }
      const sha256 = createHash('sha256').update(original).digest('hex');
      const rendered = await pool.fulfill(renderOrder(original, variants, limits), {
        isLast: isRisky(original),
        ...(endsAt !== undefined && { endsAt }),
        ...(options.separatesOwners && ownerId !== undefined && { ownerId }),
      });
      return { ...rendered, sha256 };
    },
    async close() {
      pool.close();
    },
  };
}
