// The folder of a whole stack: what it logged is looked through before it goes.

import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import { privateIn } from './private-in-logs.ts';
import { stackLogs } from './stack-logs.ts';

/** Removes the folder, and fails when its log holds a token, a signature or a place. */
export async function removeStackFolder(folder: string): Promise<void> {
  const log = await stackLogs(folder);
  await rm(folder, { recursive: true, force: true });
  expect(privateIn(log)).toEqual([]);
}
