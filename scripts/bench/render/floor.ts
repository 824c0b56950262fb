// The floor: what decoding once and encoding each rendition costs in C, with nothing between. No pipeline can be below it.
// Whatever a program costs before it does anything is measured too, on a picture of one pixel, and taken off.

import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { childrenCpuMs } from '../measure/cpu.ts';
import type { Contender } from '../measure/interleave.ts';
import type { Photo } from '../photos.ts';
import { runPrograms } from '../tools.ts';
import type { PresetName } from './presets.ts';
import { presets } from './presets.ts';
import { type Picture, referencesOf } from './quality.ts';

export interface FloorWork {
  /** Decoding at the scale that sharp picks by itself: at full size where a photo is reduced two to three times. */
  readonly floor: Contender<Photo>;
  /** Decoding at the scale that the worker has libjpeg decode at: at half size there. */
  readonly lowerFloor: Contender<Photo>;
  /** The same programs with nothing to do. */
  readonly starts: Contender<Photo>;
  remove(): Promise<void>;
}

export const floorPrograms = { jpeg: ['djpeg', 'cjpeg'], webp: ['djpeg', 'cwebp'] } as const;

interface Work {
  readonly original: string;
  /** 2 decodes to half the width and height, 1 to all of it. */
  readonly scale: number;
  readonly renditions: readonly string[];
}

interface Prepared {
  readonly atSharpScale: Work;
  readonly atWorkerScale: Work;
}

/** Puts originals and ready-made renditions into files, uncompressed, before anything is measured. */
export async function prepareFloor(photos: readonly Photo[], preset: 'jpeg' | 'webp'): Promise<FloorWork> {
  const { path: folder, remove } = await mkdtempDisposable(join(tmpdir(), 'darkroom-bench-floor-'));
  const prepared = new Map<Photo, Prepared>();
  for (const photo of photos) prepared.set(photo, await prepare(folder, photo, preset));
  const nothing = await prepareNothing(folder, presets[preset].length);
  const preparedFrom = (photo: Photo) => {
    const work = prepared.get(photo);
    if (work === undefined) throw new Error(`${photo.name} was not prepared`);
    return work;
  };
  const contender = (name: string, workOf: (photo: Photo) => Work) => ({
    name,
    cpuMs: childrenCpuMs,
    run: (photo: Photo) => decodeAndEncode(workOf(photo), preset),
  });
  return {
    floor: contender('floor', (photo) => preparedFrom(photo).atSharpScale),
    lowerFloor: contender('lowerFloor', (photo) => preparedFrom(photo).atWorkerScale),
    starts: contender('starts', () => nothing),
    remove,
  };
}

function decodeAndEncode({ original, scale, renditions }: Work, preset: 'jpeg' | 'webp'): Promise<void> {
  const encode = (rendition: string) =>
    preset === 'jpeg'
      ? ['cjpeg', '-quality', '80', '-outfile', '/dev/null', rendition]
      : ['cwebp', '-quiet', '-q', '80', '-m', '2', rendition, '-o', '/dev/null'];
  return runPrograms([
    ['djpeg', '-scale', `1/${scale}`, '-outfile', '/dev/null', original],
    ...renditions.map(encode),
  ]);
}

async function prepare(folder: string, photo: Photo, preset: PresetName): Promise<Prepared> {
  const references = await referencesOf(photo, presets[preset]);
  const original = join(folder, photo.name);
  await writeFile(original, photo.bytes);
  const renditions: string[] = [];
  let largest = 0;
  for (const [variant, picture] of references) {
    const path = join(folder, `${photo.name}.${variant}.ppm`);
    await writeFile(path, portablePixmap(picture));
    renditions.push(path);
    largest = Math.max(largest, picture.width, picture.height);
  }
  const shrink = Math.max(photo.width, photo.height) / largest;
  // sharp halves from a shrink of 3, so that a reduction proper always follows; the worker from 2.
  const sharpScale = [8, 4, 2].find((candidate) => shrink >= candidate + 1) ?? 1;
  const workerScale = sharpScale === 1 && shrink >= 2 ? 2 : sharpScale;
  return {
    atSharpScale: { original, scale: sharpScale, renditions },
    atWorkerScale: { original, scale: workerScale, renditions },
  };
}

async function prepareNothing(folder: string, count: number): Promise<Work> {
  const original = join(folder, 'one-pixel.jpg');
  const pixel = { width: 1, height: 1, channels: 3 as const, background: '#888888' };
  await writeFile(original, await sharp({ create: pixel }).jpeg().toBuffer());
  const rendition = join(folder, 'one-pixel.ppm');
  await writeFile(rendition, portablePixmap({ data: Buffer.alloc(3), width: 1, height: 1 }));
  return { original, scale: 1, renditions: Array.from({ length: count }, () => rendition) };
}

/** https://netpbm.sourceforge.net/doc/ppm.html */
function portablePixmap({ data, width, height }: Picture): Buffer {
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`, 'latin1'), data]);
}
