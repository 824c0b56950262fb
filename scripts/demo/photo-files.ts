// Finds the photos behind the paths on the command line. The type is by extension: what a file really is, the service tells.

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { contentTypeOfExtension, sourceFormats } from '../../shared/domain/formats.ts';

/** A file that can be uploaded. */
export interface PhotoFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string;
}

/** A path on the command line that cannot be, and why. */
export interface RefusedPath {
  readonly path: string;
  readonly reason: string;
}

interface FoundFiles {
  readonly photos: readonly PhotoFile[];
  readonly refused: readonly RefusedPath[];
}

const extensions = Object.values(sourceFormats).flatMap((row) => row.extensions.map((name) => `.${name}`));

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
    : { path, reason: `Not a photo by its extension: ${extensions.join(' ')}` };
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
  const contentType = contentTypeOfExtension(extname(path).slice(1));
  return contentType === undefined ? undefined : { path, name: basename(path), bytes, contentType };
}
