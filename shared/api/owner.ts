// Who is asking. The one place that will read the token's subject; until tokens are required, everybody is one owner.

import { localOwner } from '../domain/image-record.ts';

export function ownerOf(): string {
  return localOwner;
}
