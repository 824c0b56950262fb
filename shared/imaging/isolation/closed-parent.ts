// What a process of the same user could otherwise take from the one that starts it, and how: closed before the first
// process for hostile bytes is started. docs/security.md has what remains.

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

let isClosed = false;

/** Safe to repeat. In a worker thread, whose environment and signals are not its own, it does nothing. */
export function closeParent(): void {
  if (isClosed || !isMainThread) return;
  isClosed = true;
  // The signal would open a debugger to everybody on this machine, and with it all that this process may do.
  // https://nodejs.org/api/process.html#signal-events
  process.on('SIGUSR1', () => {});
  if (process.platform === 'linux') eraseInitialEnvironment();
}

/**
 * The kernel shows the environment that a process was started with, for as long as it lives, to every process of its
 * user: in Lambda, credentials. It is shown from the process's own memory, where it can be overwritten once the
 * variables have been moved. https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
 */
function eraseInitialEnvironment(): void {
  // Set anew, variables are copied to where nobody looks.
  for (const [name, value] of Object.entries(process.env)) process.env[name] = value;
  try {
    const { start, end } = initialEnvironment();
    const memory = openSync('/proc/self/mem', 'r+');
    writeSync(memory, Buffer.alloc(end - start), 0, end - start, start);
    closeSync(memory);
  } catch {
    // Another kernel, or one that allows less: it may well not show it either.
  }
}

/** Fields 50 and 51. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function initialEnvironment(): { readonly start: number; readonly end: number } {
  const line = readFileSync('/proc/self/stat', 'latin1');
  const [start = 0, end = 0] = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .slice(47, 49)
    .map(Number);
  if (!(start > 0 && end > start)) throw new RangeError('no environment');
  return { start, end };
}
