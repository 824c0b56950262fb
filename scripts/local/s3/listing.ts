// Collects one page of a listing: keys in order, those below a delimiter as their common prefix.
// A common prefix is stepped over in one query, however many keys are under it.
import { S3Error } from './errors.ts';
import type { Objects, StoredObject } from './store/objects.ts';

const lastCharacter = '\u{10ffff}';

export interface ListingQuery {
  readonly bucket: string;
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  /** Only keys after this one; empty for all. */
  readonly after: string;
  readonly maxKeys: number;
}

export interface ListingPage {
  readonly objects: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  /** The next page starts after it; absent in the last one. */
  readonly next?: string;
}

/** Reads the page after `query.after`. */
export function collectPage(store: Objects, query: ListingQuery): ListingPage {
  const objects: StoredObject[] = [];
  const commonPrefixes: string[] = [];
  let after = query.after;
  if (query.maxKeys === 0) return { objects, commonPrefixes };
  for (;;) {
    const batch = store.page(query.bucket, query.prefix, after, after !== '', query.maxKeys + 1);
    let jumped = false;
    for (const object of batch) {
      if (objects.length + commonPrefixes.length === query.maxKeys) {
        return { objects, commonPrefixes, next: after };
      }
      const commonPrefix = commonPrefixOf(object.key, query);
      if (commonPrefix === undefined) {
        objects.push(object);
        after = object.key;
        continue;
      }
      commonPrefixes.push(commonPrefix);
      after = `${commonPrefix}${lastCharacter}`;
      jumped = true;
      break;
    }
    if (!jumped) return { objects, commonPrefixes };
  }
}

/** An opaque token that says where a page ended. */
export function writeContinuationToken(after: string): string {
  return Buffer.from(`1:${after}`).toString('base64');
}

/** @throws {S3Error} InvalidArgument for a token that was not given out here. */
export function readContinuationToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (!text.startsWith('1:') || writeContinuationToken(text.slice(2)) !== token) {
    throw new S3Error('InvalidArgument', {
      message: 'The continuation token provided is incorrect',
      details: { ArgumentName: 'continuation-token' },
    });
  }
  return text.slice(2);
}

function commonPrefixOf(key: string, { prefix, delimiter }: ListingQuery): string | undefined {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return end < 0 ? undefined : key.slice(0, end + delimiter.length);
}
