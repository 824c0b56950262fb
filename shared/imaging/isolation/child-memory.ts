// How much memory another process holds, asked of Linux; elsewhere the header limits and the deadline stand alone.

import { readFileSync } from 'node:fs';

const pageBytes = 4096;

/** Resident bytes of a process; 0 where the system does not say, or the process has ended. */
export function residentBytes(pid: number): number {
  try {
    const pages = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1];
    return Number(pages ?? 0) * pageBytes;
  } catch {
    return 0;
  }
}
