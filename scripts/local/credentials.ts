// Who may call the laptop cloud: whoever can read the key pair in its data folder. There is one account.
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaptopCloudError } from './laptop-cloud-error.ts';

// fauxqs answers with this account in every ARN, and so does LocalStack.
export const localAccountId = '000000000000';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Where a data folder keeps its key pair: a file that `AWS_SHARED_CREDENTIALS_FILE` may name. */
export function credentialsFile(dataDir: string): string {
  return join(dataDir, 'credentials');
}

/** The key pair of a data folder, made at its first start: a random secret that only its owner can read. */
export function keepCredentials(dataDir: string): Credentials {
  const file = credentialsFile(dataDir);
  if (!existsSync(file)) {
    const accessKeyId = `LAPTOP${randomBytes(7).toString('hex').toUpperCase()}`;
    const secretAccessKey = randomBytes(30).toString('base64url');
    const lines = [
      '[default]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
    ];
    // Renamed into its place, so that nobody ever reads half of it.
    writeFileSync(`${file}.new`, `${lines.join('\n')}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  // A copied folder may have lost the mode.
  chmodSync(file, 0o600);
  return readCredentials(dataDir);
}

/**
 * The key pair that a data folder has.
 * @throws {LaptopCloudError} when it has none
 */
export function readCredentials(dataDir: string): Credentials {
  const file = credentialsFile(dataDir);
  if (existsSync(dataDir) && !statSync(dataDir).isDirectory())
    throw new LaptopCloudError(`${dataDir} is a file, and no data folder.`);
  if (!existsSync(file)) {
    throw new LaptopCloudError(
      `There are no keys in ${file}: start the laptop cloud once, or name its data folder.`,
    );
  }
  const text = readFileSync(file, 'utf8');
  const [, accessKeyId] = /^aws_access_key_id *= *(\S+)$/m.exec(text) ?? [];
  const [, secretAccessKey] = /^aws_secret_access_key *= *(\S+)$/m.exec(text) ?? [];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new LaptopCloudError(`${file} holds no key pair: delete it, and the next start makes a new one.`);
  }
  return { accessKeyId, secretAccessKey };
}
