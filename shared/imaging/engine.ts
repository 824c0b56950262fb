// The imaging engine as the renditions worker sees it: a small pool of warm, disposable child processes.

import { PermanentFailure } from '../domain/errors.ts';
import type { Variant } from '../domain/variants.ts';
import type { ImagingEngine, RenderedImage } from './contract.ts';
import { defaultLimits, type ImagingLimits } from './inspect/limits.ts';
import { defaultChildEntry } from './isolation/child-entry.ts';
import { ChildDied, ImagingChild } from './isolation/imaging-child.ts';
import { Slots } from './isolation/slots.ts';

export interface ImagingEngineOptions {
  /** Originals developed at once, each in its own process. One a vCPU; default 1. */
  readonly concurrency?: number;
  /** Milliseconds one original may take before its decode is killed; default 15,000. */
  readonly deadlineMs?: number;
  /** Resident megabytes at which a decode is killed; default 700. */
  readonly memoryCeilingMb?: number;
  /** Originals after which a process is replaced; default 200. */
  readonly recycleAfterImages?: number;
  /** Resident megabytes after an original at which its process is replaced; default 320. */
  readonly recycleAboveMb?: number;
  readonly limits?: Partial<ImagingLimits>;
  /** The child's program; default: beside this module (see child-entry.ts). */
  readonly childEntry?: URL;
  /** The child's whole environment: nothing of the parent's is passed on, so a decoder never holds credentials. */
  readonly childEnvironment?: Readonly<Record<string, string>>;
}

const bytesPerMegabyte = 1_000_000;

/**
 * One death may be an accident, such as the system taking memory back; two in fresh processes are the file's doing.
 * @throws {PermanentFailure} `corrupt-image` when the decoder dies again
 */
async function secondAttempt(attempt: () => Promise<RenderedImage>): Promise<RenderedImage> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ChildDied)) throw error;
    throw new PermanentFailure('corrupt-image', 'the decoder dies of this file', { cause: error });
  }
}

/** Starts the processes at once, so that they load while the caller still fetches. */
export function createImagingEngine(options: ImagingEngineOptions = {}): ImagingEngine {
  const limits = { ...defaultLimits, ...options.limits };
  const recycleAfterImages = options.recycleAfterImages ?? 200;
  const recycleAboveBytes = (options.recycleAboveMb ?? 320) * bytesPerMegabyte;
  const childOptions = {
    entry: options.childEntry ?? defaultChildEntry(),
    environment: options.childEnvironment ?? {},
    deadlineMs: options.deadlineMs ?? 15_000,
    memoryCeilingBytes: (options.memoryCeilingMb ?? 700) * bytesPerMegabyte,
  };
  const isSpent = (child: ImagingChild) =>
    !child.isAlive ||
    child.ordersDone >= recycleAfterImages ||
    (child.ordersDone > 0 && child.residentBytes > recycleAboveBytes);
  const slots = new Slots(options.concurrency ?? 1, () => new ImagingChild(childOptions), isSpent);

  return {
    async render(original: Uint8Array, variants: readonly Variant[]): Promise<RenderedImage> {
      if (original.byteLength > limits.maxBytes) {
        throw new PermanentFailure(
          'too-large',
          `${original.byteLength} bytes; at most ${limits.maxBytes} are accepted`,
        );
      }
      const order = { variants, limits };
      const attempt = () =>
        slots.use((child) => child.render(original, order, () => slots.anticipate(child)));
      return attempt().catch((error) => {
        if (!(error instanceof ChildDied)) throw error;
        return secondAttempt(attempt);
      });
    },
    async close(): Promise<void> {
      slots.close();
    },
  };
}
