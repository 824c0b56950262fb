// Takes the data folder for this process alone: two engines on one folder would ruin each other's files.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SettingError } from '../laptop-cloud-error.ts';

/**
 * Makes the folder where it is absent, and locks it until `release`. A killed process leaves no lock behind.
 *
 * @throws {SettingError} when another process has it.
 */
export function lockDataFolder(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
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
