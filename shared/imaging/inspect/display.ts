// How an original is displayed: its EXIF orientation, and its dimensions after that.

import { imageTags } from './exif.ts';
import { type Dimensions, oriented } from './geometry.ts';
import type { Exif, Inspection } from './inspection.ts';
import { densityOf } from './tiff-density.ts';

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
export function statedOrientation(exif: Exif | undefined): number {
  const stated = exif?.image.number(imageTags.orientation) ?? 1;
  return Number.isInteger(stated) && stated >= 1 && stated <= 8 ? stated : 1;
}

/** Pixels an inch: the container's word, else EXIF's. */
export function statedDensity({ density, exif }: Inspection): number | undefined {
  return density ?? (exif === undefined ? undefined : densityOf(exif.image));
}
