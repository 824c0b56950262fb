// The rows of buckets and their configuration, kept as JSON beside the name.
// Nothing is cached: a configuration counts from the moment its PUT is answered.
import type { DatabaseSync } from 'node:sqlite';
import type { CorsRule } from '../cors/rules.ts';
import { S3Error } from '../errors.ts';
import type { TopicConfiguration } from '../notifications/configuration.ts';

export type PublicAccessBlock = Readonly<Record<string, boolean>>;

export interface BucketConfiguration {
  readonly cors: readonly CorsRule[];
  readonly notifications: readonly TopicConfiguration[];
  readonly public_access_block: PublicAccessBlock;
}

export interface Buckets {
  list(): readonly { readonly name: string; readonly createdAt: string }[];
  has(name: string): boolean;
  /** @throws {S3Error} NoSuchBucket */
  require(name: string): void;
  /** @returns false when it was there already */
  create(name: string, createdAt: Date): boolean;
  /** @throws {S3Error} NoSuchBucket or BucketNotEmpty */
  delete(name: string): void;
  configuration<Part extends keyof BucketConfiguration>(
    name: string,
    part: Part,
  ): BucketConfiguration[Part] | undefined;
  /** Undefined takes the configuration away. @throws {S3Error} NoSuchBucket */
  configure<Part extends keyof BucketConfiguration>(
    name: string,
    part: Part,
    value: BucketConfiguration[Part] | undefined,
  ): void;
}

/** The buckets of an open database. */
export function openBuckets(database: DatabaseSync): Buckets {
  const all = database.prepare('SELECT name, created_at FROM buckets ORDER BY name');
  const one = database.prepare('SELECT cors, notifications, public_access_block FROM buckets WHERE name = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO buckets (name, created_at) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM buckets WHERE name = ?');
  const anyObject = database.prepare('SELECT 1 FROM objects WHERE bucket = ? LIMIT 1');
  const buckets: Buckets = {
    list: () => all.all().map((row) => ({ name: String(row['name']), createdAt: String(row['created_at']) })),
    has: (name) => one.get(name) !== undefined,
    require: (name) => {
      if (!buckets.has(name)) throw new S3Error('NoSuchBucket', { details: { BucketName: name } });
    },
    create: (name, createdAt) => insert.run(name, createdAt.toISOString()).changes > 0,
    delete: (name) => {
      buckets.require(name);
      if (anyObject.get(name) !== undefined) {
        throw new S3Error('BucketNotEmpty', { details: { BucketName: name } });
      }
      remove.run(name);
    },
    configuration: (name, part) => {
      const json = one.get(name)?.[part];
      return typeof json === 'string' ? JSON.parse(json) : undefined;
    },
    configure: (name, part, value) => {
      buckets.require(name);
      database
        .prepare(`UPDATE buckets SET ${part} = ? WHERE name = ?`)
        .run(value === undefined ? null : JSON.stringify(value), name);
    },
  };
  return buckets;
}
