// How reading one file's metadata ends, and what it costs.

import { readFileSync, writeFileSync } from 'node:fs';
import { PermanentFailure } from '../../../shared/domain/errors.ts';
import type { ImageMetadata } from '../../../shared/domain/metadata.ts';
import type { ByteSource } from '../../../shared/imaging/contract.ts';
import { bufferSource } from '../../../shared/imaging/inspect/byte-source.ts';
import { readMetadata } from '../../../shared/imaging/metadata/read-metadata.ts';

export interface Reading {
  /** What is known, or how the file was refused. */
  readonly outcome: ImageMetadata | PermanentFailure;
  readonly cpuMs: number;
  /** How far the process grew while it read, megabytes; 0 where the system does not say. */
  readonly peakMb: number;
  readonly reads: number;
}

/** @throws {Error} what is neither metadata nor a refusal */
export async function measuredReading(file: Uint8Array | ByteSource): Promise<Reading> {
  const source = file instanceof Uint8Array ? bufferSource(file) : file;
  let reads = 0;
  const counting: ByteSource = {
    byteLength: source.byteLength,
    async read(offset, length) {
      reads += 1;
      return source.read(offset, length);
    },
  };
  const startMb = resetPeak();
  const before = process.cpuUsage();
  const outcome = await readMetadata(counting).catch((error: unknown) => {
    if (error instanceof PermanentFailure) return error;
    throw error;
  });
  const { user, system } = process.cpuUsage(before);
  return { outcome, cpuMs: (user + system) / 1000, peakMb: peakMb() - startMb, reads };
}

/** Forgets the peak of before. https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
function resetPeak(): number {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Another system: no peak is known.
  }
  return peakMb();
}

function peakMb(): number {
  try {
    const [, kilobytes = '0'] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    return Number(kilobytes) / 1000;
  } catch {
    return 0;
  }
}
