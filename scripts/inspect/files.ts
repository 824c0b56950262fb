// The files that the command line names: folders stand for what lies in them.

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** @throws {Error} naming the first path that does not exist */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    if (entry === undefined) throw new Error(`No such file or folder: ${path}`);
    if (entry.isDirectory()) {
      const names = await readdir(path, { withFileTypes: true });
      files.push(
        ...names
          .filter((name) => name.isFile())
          .map((name) => join(path, name.name))
          .sort(),
      );
    } else {
      files.push(path);
    }
  }
  return files;
}
