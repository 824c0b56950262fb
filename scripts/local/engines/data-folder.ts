// Takes the data folder for this process alone: two engines on one folder would ruin each other's files.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDiskFull } from '../disk-full.ts';
import { SettingError } from '../laptop-cloud-error.ts';

/**
 * Makes the folder where it is absent, and locks it until `release`. A killed process leaves no lock behind.
 *
 * @throws {SettingError} when another process has it, or it cannot be made.
 */
export function lockDataFolder(dataDir: string): { release(): void } {
  make(dataDir);
  // An open transaction of SQLite is a lock that the operating system takes back by itself.
  const lock = new DatabaseSync(join(dataDir, 'lock.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new SettingError(
      'dataDir',
      (name) =>
        `The data folder ${dataDir} is in use by another laptop cloud: stop that one, or set ${name} to another folder.`,
      { cause: error },
    );
  }
  return { release: () => lock.close() };
}

function make(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (isDiskFull(error)) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is in its place' : `${code}`;
    throw new SettingError(
      'dataDir',
      (name) => `The data folder ${dataDir} cannot be made (${why}): set ${name} to another folder.`,
      { cause: error },
    );
  }
}
