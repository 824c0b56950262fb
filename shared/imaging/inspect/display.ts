// How an original is displayed: its EXIF orientation, and its dimensions after that.

import { type Dimensions, oriented } from './geometry.ts';
import type { Inspection } from './inspection.ts';
import { densityOf } from './tiff-density.ts';
import { firstDirectory, type TiffDirectory } from './tiff-directory.ts';

const orientationTag = 274;

export interface Display {
  /** Pixels, as displayed. */
  readonly displayed: Dimensions;
  /** EXIF orientation still to be undone, 1 to 8. */
  readonly orientation: number;
}

export function displayOf(file: Inspection): Display {
  const orientation = file.ignoresExifOrientation === true ? 1 : statedOrientation(file.exif);
  return { displayed: oriented(file.transformed ?? file.stored, orientation), orientation };
}

/** Orientation of IFD0; 1 where it is absent, broken or none of the eight that exist. */
export function statedOrientation(exif: Buffer | undefined): number {
  const stated = firstOf(exif)?.number(orientationTag) ?? 1;
  return stated >= 1 && stated <= 8 ? stated : 1;
}

/** Pixels an inch: the container's word, else EXIF's. */
export function statedDensity({ density, exif }: Inspection): number | undefined {
  const directory = density === undefined ? firstOf(exif) : undefined;
  return directory === undefined ? density : densityOf(directory);
}

function firstOf(exif: Buffer | undefined): TiffDirectory | undefined {
  if (exif === undefined) return undefined;
  try {
    return firstDirectory(exif);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
