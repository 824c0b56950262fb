// The picture behind a picture that is not loaded yet, drawn from its ThumbHash: once, however often it is shown.

import { thumbHashToDataURL } from 'thumbhash';

const drawn = new Map<string, string>();

export function placeholderUrl(thumbHash: string | undefined): string | undefined {
  if (thumbHash === undefined) return undefined;
  const known = drawn.get(thumbHash);
  if (known !== undefined) return known;
  const url = thumbHashToDataURL(Uint8Array.from(atob(thumbHash), (letter) => letter.charCodeAt(0)));
  drawn.set(thumbHash, url);
  return url;
}
