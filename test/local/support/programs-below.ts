// What a process has started, and what those have, as Linux tells it.
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The last argument of each process below one, without its folder. */
export function programsBelow(processId: number): string[] {
  const threads = readdirSync(`/proc/${processId}/task`);
  const children = threads.flatMap((thread) =>
    readFileSync(`/proc/${processId}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [programOf(child), ...programsBelow(child)]);
}

function programOf(processId: number): string {
  const words = readFileSync(`/proc/${processId}/cmdline`, 'utf8').split('\0').filter(Boolean);
  return basename(words.at(-1) ?? '');
}
