// What a process holds and has held in memory, as Linux counts it.

import { readFileSync } from 'node:fs';

interface ProcessMemory {
  readonly residentMb: number;
  readonly peakMb: number;
}

/** @throws {Error} where the system has no `/proc`, or the process has ended */
export function memoryOf(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return { residentMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') };
}

function megabytes(status: string, field: string): number {
  const [, kilobytes = '0'] = new RegExp(`${field}:\\s+(\\d+) kB`).exec(status) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}
