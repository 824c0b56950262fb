// Finds the photos behind the paths on the command line. The type is by extension: what a file really is, the service tells.

import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { contentTypeOfExtension, sourceFormats } from '../../shared/domain/formats.ts';
import { UsageError } from '../terminal/errors.ts';

/** A file that can be uploaded. */
export interface PhotoFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string;
}

/** A file or folder that gives nothing to upload, and why. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
  /** On the command line, and not just found in a folder. */
  readonly isNamed: boolean;
}

interface FoundFiles {
  readonly photos: readonly PhotoFile[];
  readonly leftOut: readonly LeftOut[];
}

/** With their dots. */
export const photoExtensions = Object.values(sourceFormats).flatMap((row) =>
  row.extensions.map((name) => `.${name}`),
);

/**
 * The photos among files, and in folders and the folders in them.
 * @throws {UsageError} when one of the paths leads nowhere
 */
export async function findPhotos(paths: readonly string[]): Promise<FoundFiles> {
  const named = await Promise.all(paths.map(async (path) => ({ path, stats: await look(path) })));
  const found = await Promise.all(
    named.map(({ path, stats }) => (stats.isDirectory() ? photosIn(path) : photoAt(path, stats.size, true))),
  );
  const all = found.flat();
  return {
    photos: all.filter((one) => 'contentType' in one),
    leftOut: all.filter((one) => 'reason' in one),
  };
}

async function look(path: string): Promise<Stats> {
  return stat(path).catch(() => {
    throw new UsageError(`There is no file or folder ${path}.`);
  });
}

async function photosIn(folder: string): Promise<(PhotoFile | LeftOut)[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(isVisibleFile).map(({ parentPath, name }) => join(parentPath, name));
  const found = await Promise.all(
    paths.sort().map(async (path) => photoAt(path, (await stat(path)).size, false)),
  );
  const hasPhotos = found.some((one) => 'contentType' in one);
  return hasPhotos ? found : [...found, { path: folder, reason: 'there is no photo in it', isNamed: true }];
}

function isVisibleFile(entry: Dirent): boolean {
  return entry.isFile() && !entry.name.startsWith('.');
}

function photoAt(path: string, bytes: number, isNamed: boolean): PhotoFile | LeftOut {
  const contentType = contentTypeOfExtension(extname(path).slice(1));
  if (contentType === undefined) return { path, reason: 'not a photo by its extension', isNamed };
  if (bytes === 0) return { path, reason: 'the file is empty', isNamed };
  return { path, name: basename(path), bytes, contentType };
}
