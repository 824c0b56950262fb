// Conditional requests: when a write goes ahead, and when a read has nothing new to tell.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
import { S3Error } from './errors.ts';
import { preconditionFailed, type WriteCondition } from './object-writer.ts';
import type { StoredObject } from './store/objects.ts';

type Headers = ReadonlyMap<string, string>;

/** True when an If-Match or If-None-Match list names this ETag. */
export function includesEtag(list: string, etag: string): boolean {
  return list.split(',').some((item) => ['*', etag, `"${etag}"`].includes(item.trim()));
}

/** The condition a PUT or DELETE states. @throws {S3Error} NotImplemented for If-None-Match with an ETag. */
export function readWriteCondition(headers: Headers): WriteCondition {
  const ifNoneMatch = headers.get('if-none-match');
  const ifMatch = headers.get('if-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new S3Error('NotImplemented', { details: { Header: 'If-None-Match' } });
  }
  return (current) => {
    if (ifNoneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
    if (ifMatch === undefined) return;
    if (current === undefined) throw new S3Error('NoSuchKey');
    if (!includesEtag(ifMatch, current.etag)) throw preconditionFailed('If-Match');
  };
}

/**
 * Checks the conditions of a GET or HEAD.
 * @throws {S3Error} PreconditionFailed, or NotModified for an answer without a body.
 */
export function checkReadConditions(headers: Headers, object: StoredObject): void {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  const unmodifiedSince = headers.get('if-unmodified-since');
  const modifiedSince = headers.get('if-modified-since');
  const changed = object.lastModified.getTime();
  if (ifMatch !== undefined) {
    if (!includesEtag(ifMatch, object.etag)) throw preconditionFailed('If-Match');
  } else if (unmodifiedSince !== undefined && changed > toSecond(unmodifiedSince)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (ifNoneMatch !== undefined) {
    if (includesEtag(ifNoneMatch, object.etag)) throw new S3Error('NotModified');
  } else if (modifiedSince !== undefined && changed <= toSecond(modifiedSince)) {
    throw new S3Error('NotModified');
  }
}

function toSecond(text: string): number {
  return Math.floor(new Date(text).getTime() / 1000) * 1000;
}
