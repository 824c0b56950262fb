// How many pixels a picture inside a `data:` URL claims to have, told from its header.

import { BufferHeaderReader } from '../../inspect/header-reader.ts';
import { inspect } from '../../inspect/inspect.ts';

/** Pixels; 0 when it is no picture that could be decoded. */
export async function embeddedImage(url: string): Promise<number> {
  const comma = url.indexOf(',');
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma));
  if (!isBase64) return 0;
  try {
    const { stored } = await inspect(new BufferHeaderReader(Buffer.from(url.slice(comma + 1), 'base64')));
    return stored.width * stored.height;
  } catch {
    return 0;
  }
}
