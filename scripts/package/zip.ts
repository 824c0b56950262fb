// Zips files so that the same files give the same bytes: sorted names, one date, one mode.

import { type Zippable, zipSync } from 'fflate';

/** Contents by path in the zip. */
export type ZipFiles = Readonly<Record<string, Uint8Array>>;

/** The earliest date a zip can hold: https://pkwareproducts.com/documents/casestudies/APPNOTE.TXT, 4.4.6 */
const date = new Date(1980, 0, 1);
const unix = 3;
const readableByAll = 0o100644 << 16;

export function zip(files: ZipFiles): Uint8Array {
  const entries: Zippable = {};
  for (const path of Object.keys(files).sort()) {
    const content = files[path];
    if (content) entries[path] = [content, { mtime: date, os: unix, attrs: readableByAll, level: 9 }];
  }
  return zipSync(entries);
}
