// The files that the command line names: folders stand for what lies in them.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../terminal/errors.ts';

/** @throws {OperatorError} naming the first path that does not exist */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    if (entry === undefined) throw new OperatorError(`There is no file or folder ${path}.`);
    if (!entry.isDirectory()) files.push(path);
    else {
      const entries = await readdir(path, { withFileTypes: true });
      const inside = entries.filter((one) => one.isFile()).map(({ name }) => join(path, name));
      files.push(...inside.sort());
    }
  }
  return files;
}
