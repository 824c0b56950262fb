// Cursors of a list: where the next page begins, signed with a key of the stage. Each is good for the owner and the filter
// that it was given for, and for no other.

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Status } from '../../domain/status.ts';
import type { ImagePosition } from '../ports.ts';

/** What a cursor is good for. */
export interface CursorScope {
  readonly ownerId: string;
  readonly status?: Status | undefined;
}

export interface Cursors {
  issue(position: ImagePosition, scope: CursorScope): string;
  /** The position; undefined for what was not issued, or for another scope. */
  read(cursor: string, scope: CursorScope): ImagePosition | undefined;
}

/** @param key secret, of this stage alone */
export function createCursors(key: string): Cursors {
  function issue({ createdAt, imageId }: ImagePosition, { ownerId, status }: CursorScope): string {
    const position = JSON.stringify([createdAt, imageId]);
    const signature = createHmac('sha256', key).update(JSON.stringify([ownerId, status ?? null, position]));
    return `${Buffer.from(position).toString('base64url')}.${signature.digest('base64url')}`;
  }

  return {
    issue,
    read(cursor, scope) {
      const position = positionIn(cursor);
      return position && isEqual(cursor, issue(position, scope)) ? position : undefined;
    },
  };
}

/** What it says, before anybody knows whether it was issued. */
function positionIn(cursor: string): ImagePosition | undefined {
  try {
    const [createdAt, imageId] = JSON.parse(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString());
    return { createdAt, imageId };
  } catch {
    return undefined;
  }
}

function isEqual(one: string, other: string): boolean {
  const [given, issued] = [Buffer.from(one), Buffer.from(other)];
  return given.length === issued.length && timingSafeEqual(given, issued);
}
