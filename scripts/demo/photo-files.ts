// Finds the photos behind the paths on the command line. The type is by extension: what a file really is, the service tells.

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { acceptedContentTypes } from '../../shared/api/uploads/upload-request.ts';

type ContentType = (typeof acceptedContentTypes)[number];

/** By extension, in lower case. */
export const contentTypes = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.avif': 'image/avif',
  '.heic': 'image/heic',
  '.heif': 'image/heif',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.svg': 'image/svg+xml',
} as const satisfies Record<string, ContentType>;

/** A file that can be uploaded. */
export interface PhotoFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly contentType: ContentType;
}

/** A path on the command line that cannot be, and why. */
export interface RefusedPath {
  readonly path: string;
  readonly reason: string;
}

export interface FoundFiles {
  readonly photos: readonly PhotoFile[];
  readonly refused: readonly RefusedPath[];
}

/** A file that is named must be a photo; of a folder, its photos are taken, those in its folders too. */
export async function findPhotos(paths: readonly string[]): Promise<FoundFiles> {
  const photos: PhotoFile[] = [];
  const refused: RefusedPath[] = [];
  for (const path of paths) {
    const found = await lookAt(path);
    if ('reason' in found) refused.push(found);
    else photos.push(...found.photos);
  }
  return { photos, refused };
}

async function lookAt(path: string): Promise<{ photos: PhotoFile[] } | RefusedPath> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return { path, reason: 'There is no such file.' };
  if (stats.isDirectory()) {
    const photos = await photosIn(path);
    return photos.length > 0 ? { photos } : { path, reason: 'There is no photo in this folder.' };
  }
  const photo = photoAt(path, stats.size);
  return photo
    ? { photos: [photo] }
    : { path, reason: `Not a photo by its extension: ${Object.keys(contentTypes).join(' ')}` };
}

async function photosIn(folder: string): Promise<PhotoFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(isVisibleFile).map(({ parentPath, name }) => join(parentPath, name));
  const photos = paths.sort().map(async (path) => photoAt(path, (await stat(path)).size));
  return (await Promise.all(photos)).filter((photo) => photo !== undefined);
}

function isVisibleFile(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.');
}

function photoAt(path: string, bytes: number): PhotoFile | undefined {
  const extension = extname(path).toLowerCase();
  if (!Object.hasOwn(contentTypes, extension)) return undefined;
  return {
    path,
    name: basename(path),
    bytes,
    contentType: contentTypes[extension as keyof typeof contentTypes],
  };
}
