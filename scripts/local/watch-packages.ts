// Notices that the packages which a process runs on are taken from under it: what it loads later would be missing, or another.
import { statSync, watchFile } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const intervalMs = 1000;

/** Calls once when the package was removed, or installed anew. Keeps no process alive. @param file of that package */
export function watchPackages(
  whenReplaced: () => void,
  file = fileURLToPath(import.meta.resolve('serverless-offline')),
): void {
  const folder = dirname(file);
  const { ino } = statSync(folder);
  let isTold = false;
  watchFile(folder, { interval: intervalMs, persistent: false }, (now) => {
    if (now.ino === ino || isTold) return;
    isTold = true;
    whenReplaced();
  });
}
