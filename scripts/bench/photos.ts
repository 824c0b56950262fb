// The photos that are measured with: those of a folder, or generated ones that are the same everywhere.

import { readFile } from 'node:fs/promises';
import { displayOf } from '../../shared/imaging/inspect/display.ts';
import { BufferHeaderReader } from '../../shared/imaging/inspect/header-reader.ts';
import { inspect } from '../../shared/imaging/inspect/inspect.ts';
import { findPhotos } from '../demo/photo-files.ts';
import { dusk } from '../demo/samples.ts';
import { UsageError } from '../terminal/errors.ts';
import { displayP3 } from './display-p3.ts';

export interface Photo {
  readonly name: string;
  readonly bytes: Buffer;
  /** Pixels, as displayed. */
  readonly width: number;
  readonly height: number;
  /** Carries a color profile, sRGB or another. */
  readonly hasProfile: boolean;
}

/** What is told of the photos in a report. */
export interface PhotoSet {
  readonly source: 'generated' | 'folder';
  readonly count: number;
  readonly withProfile: number;
  /** Of the smallest and of the largest. */
  readonly megapixels: readonly [number, number];
  readonly meanMegabytes: number;
}

/** By name: as many pixels as phones and cameras make. */
const generated: Readonly<Record<string, () => Promise<Buffer>>> = {
  'generated-8mp.jpg': () => dusk({ width: 3264, height: 2448 }),
  'generated-12mp.jpg': () => dusk({ width: 4000, height: 3000 }),
  'generated-12mp-display-p3.jpg': async () => displayP3(await dusk({ width: 3024, height: 4032 })),
  'generated-20mp.jpg': () => dusk({ width: 5472, height: 3648 }),
};

/**
 * @param folder its JPEGs are taken; without one, photos are generated
 * @param limit at most so many, spread over the folder
 * @throws {UsageError} when there is no JPEG
 */
export async function loadPhotos(
  folder: string | undefined,
  limit = Number.POSITIVE_INFINITY,
): Promise<Photo[]> {
  const sources = folder === undefined ? Object.entries(generated) : await jpegsIn(folder);
  const step = Math.max(1, sources.length / limit);
  const chosen = sources.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  const photos: Photo[] = [];
  for (const [name, read] of chosen) photos.push(await photoOf(name, await read()));
  return photos;
}

export function describePhotos(photos: readonly Photo[], folder: string | undefined): PhotoSet {
  const pixels = photos.map(({ width, height }) => Math.round((width * height) / 1e6));
  const bytes = photos.reduce((sum, photo) => sum + photo.bytes.length, 0);
  return {
    source: folder === undefined ? 'generated' : 'folder',
    count: photos.length,
    withProfile: photos.filter(({ hasProfile }) => hasProfile).length,
    megapixels: [Math.min(...pixels), Math.max(...pixels)],
    meanMegabytes: bytes / photos.length / 1e6,
  };
}

async function jpegsIn(folder: string): Promise<[string, () => Promise<Buffer>][]> {
  const { photos } = await findPhotos([folder]);
  const jpegs = photos.filter(({ contentType }) => contentType === 'image/jpeg');
  if (jpegs.length === 0) throw new UsageError(`There is no JPEG in ${folder}.`);
  return jpegs.map(({ name, path }) => [name, () => readFile(path)]);
}

async function photoOf(name: string, bytes: Buffer): Promise<Photo> {
  const file = await inspect(new BufferHeaderReader(bytes));
  return { name, bytes, ...displayOf(file).displayed, hasProfile: file.icc !== undefined };
}
