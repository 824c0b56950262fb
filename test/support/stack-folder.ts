// The folder of a whole stack: what it logged is looked through before it goes.

import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { privateIn } from './private-in-logs.ts';

/** Removes the folder, and fails when its log holds a token, a signature or a place. */
export async function removeStackFolder(folder: string): Promise<void> {
  const file = join(folder, 'stack.log');
  const log = existsSync(file) ? await readFile(file, 'utf8') : '';
  await rm(folder, { recursive: true, force: true });
  expect(privateIn(log)).toEqual([]);
}
