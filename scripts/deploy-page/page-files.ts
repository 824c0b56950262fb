// The files of a built page as they are put into its bucket: where, as what, and how long they may be kept.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface PageFile {
  readonly key: string;
  readonly body: Buffer;
  /** Of the body, in hexadecimal digits: what S3 answers as the ETag of an object that was put at once. */
  readonly md5: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
};
/** What a page loads is named after its content; what it is found by is asked for anew each time. */
const immutable = 'public, max-age=31536000, immutable';
const revalidated = 'no-cache';

/**
 * In the order in which they are put: a page that is found finds all that it loads.
 * @param folder where the page was built
 * @param config the text of `/page/config.json`
 */
export async function pageFiles(folder: string, config: string): Promise<PageFile[]> {
  const names = (await readdir(folder)).filter((name) => /\.(js|css)$/.test(name)).sort();
  const loaded = names.map(async (name) =>
    fileOf(`page/${name}`, await readFile(join(folder, name)), immutable),
  );
  const html = await readFile(join(folder, 'index.html'));
  return [
    ...(await Promise.all(loaded)),
    fileOf('page/config.json', Buffer.from(config), revalidated),
    fileOf('index.html', html, revalidated),
  ];
}

export function fileOf(key: string, body: Buffer, cacheControl: string): PageFile {
  const contentType = types[extname(key)];
  if (contentType === undefined) throw new Error(`${key} is of no type that a page is made of.`);
  return { key, body, md5: createHash('md5').update(body).digest('hex'), contentType, cacheControl };
}
