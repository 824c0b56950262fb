// Programs of the machine that a contender may need: found by name, run without a shell, absent ones told by name.

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

/** @throws {Error} when the program ends with another code than 0 */
export async function runProgram(name: string, args: readonly string[]): Promise<void> {
  await run(name, args, { encoding: 'buffer', maxBuffer: largestOutputBytes });
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
