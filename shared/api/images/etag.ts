// The ETag of an image: changes with all that its view tells, and with the window that its URLs are signed in.
// https://www.rfc-editor.org/rfc/rfc9110#name-etag

import { createHash } from 'node:crypto';
import type { ImageRecord } from '../../domain/image-record.ts';
import { viewImage } from '../../domain/image-view.ts';

/** Weak, because URLs that are signed with other credentials are other bytes and mean the same. */
export function eTagOf(record: ImageRecord, signedAt: Date): string {
  const identity = JSON.stringify([viewImage(record), signedAt.getTime()]);
  return `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`;
}

/** Whether an If-None-Match names the ETag, compared weakly. */
export function isNamed(eTag: string, ifNoneMatch: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').map(opaque).includes(opaque(eTag));
}
