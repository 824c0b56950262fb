// Programs of the machine that a contender may need: found by name, absent ones told by name.

import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const largestOutputBytes = 64 * 1024 * 1024;

/** Those of the named programs that are not installed. */
export async function missingPrograms(names: readonly string[]): Promise<string[]> {
  const found = await Promise.all(names.map(isInstalled));
  return names.filter((_, index) => !found[index]);
}

/**
 * Runs commands one after the other, from a small shell: to fork a process as large as a benchmark takes 14 ms of CPU, as
 * much as some of these programs.
 * @param commands each a program's name and its arguments
 * @throws {Error} when a program ends with another code than 0
 */
export async function runPrograms(commands: readonly (readonly string[])[]): Promise<void> {
  const script = ['set -e', ...commands.map((command) => command.map(quoted).join(' '))].join('\n');
  await run('sh', ['-c', script], { encoding: 'buffer', maxBuffer: largestOutputBytes });
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02 */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

async function isInstalled(name: string): Promise<boolean> {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const tries = folders.map((folder) =>
    access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(tries)).includes(true);
}
