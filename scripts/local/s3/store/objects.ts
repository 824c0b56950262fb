// The rows of objects: one a key, pointing at the file that holds the bytes.
// Keys compare by their UTF-8 bytes, which is S3's listing order and SQLite's own.
import type { DatabaseSync } from 'node:sqlite';
import type { StoredChecksum } from '../body/integrity.ts';

export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  /** Name of the file under the data folder's objects/. */
  readonly file: string;
  readonly bytes: number;
  /** MD5 in hex, without quotes. */
  readonly etag: string;
  readonly lastModified: Date;
  /** The system headers that come back with the object: content-type, cache-control and so on. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata by name, without the x-amz-meta- prefix. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: StoredChecksum;
}

export interface Objects {
  find(bucket: string, key: string): StoredObject | undefined;
  /** Stores the row and returns the file it no longer points at. */
  put(object: StoredObject): string | undefined;
  /** Removes the row and returns its file. */
  delete(bucket: string, key: string): string | undefined;
  /** At most `limit` objects whose key starts with `prefix`, from `from` on, or after it when `exclusive`. */
  page(
    bucket: string,
    prefix: string,
    from: string,
    exclusive: boolean,
    limit: number,
  ): readonly StoredObject[];
  files(): ReadonlySet<string>;
}

type Row = Readonly<Record<string, unknown>>;

/** The objects of an open database. */
export function openObjects(database: DatabaseSync): Objects {
  const one = database.prepare('SELECT * FROM objects WHERE bucket = ? AND key = ?');
  const upsert = database.prepare(`
    INSERT INTO objects (bucket, key, file, bytes, etag, last_modified, headers, metadata, checksum)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (bucket, key) DO UPDATE SET file = excluded.file, bytes = excluded.bytes, etag = excluded.etag,
      last_modified = excluded.last_modified, headers = excluded.headers, metadata = excluded.metadata,
      checksum = excluded.checksum`);
  const remove = database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');
  const pageFrom = database.prepare(
    'SELECT * FROM objects WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key LIMIT ?',
  );
  const pageAfter = database.prepare(
    'SELECT * FROM objects WHERE bucket = ? AND key > ? AND key < ? ORDER BY key LIMIT ?',
  );
  const allFiles = database.prepare('SELECT file FROM objects');
  const fileOf = (bucket: string, key: string): string | undefined => {
    const file = one.get(bucket, key)?.['file'];
    return typeof file === 'string' ? file : undefined;
  };
  return {
    find: (bucket, key) => {
      const row = one.get(bucket, key);
      return row === undefined ? undefined : fromRow(row);
    },
    put: (object) => {
      const replaced = fileOf(object.bucket, object.key);
      upsert.run(
        object.bucket,
        object.key,
        object.file,
        object.bytes,
        object.etag,
        object.lastModified.getTime(),
        JSON.stringify(object.headers),
        JSON.stringify(object.metadata),
        object.checksum === undefined ? null : JSON.stringify(object.checksum),
      );
      return replaced;
    },
    delete: (bucket, key) => {
      const file = fileOf(bucket, key);
      if (file !== undefined) remove.run(bucket, key);
      return file;
    },
    page: (bucket, prefix, from, exclusive, limit) => {
      const early = Buffer.compare(Buffer.from(from), Buffer.from(prefix)) < 0;
      const statement = exclusive && !early ? pageAfter : pageFrom;
      const rows = statement.all(bucket, early ? prefix : from, `${prefix}\u{10ffff}`, limit);
      return rows.map(fromRow);
    },
    files: () => new Set(allFiles.all().map((row) => String(row['file']))),
  };
}

function fromRow(row: Row): StoredObject {
  return {
    bucket: String(row['bucket']),
    key: String(row['key']),
    file: String(row['file']),
    bytes: Number(row['bytes']),
    etag: String(row['etag']),
    lastModified: new Date(Number(row['last_modified'])),
    headers: JSON.parse(String(row['headers'])),
    metadata: JSON.parse(String(row['metadata'])),
    ...(typeof row['checksum'] === 'string' && { checksum: JSON.parse(row['checksum']) }),
  };
}
