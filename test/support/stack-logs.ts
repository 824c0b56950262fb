// All that a stack in a folder has printed and logged.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logFiles } from '../../scripts/local/function-log.ts';

/** What its terminal had, and the log of its functions. */
export async function stackLogs(folder: string): Promise<string> {
  const { before, current } = logFiles(join(folder, 'data'));
  const files = [join(folder, 'stack.log'), before, current].filter((file) => existsSync(file));
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('');
}
