// The resolution that TIFF and EXIF state for printing.

import { imageTags } from './exif.ts';
import type { TiffDirectory } from './tiff-directory.ts';

const units = { none: 1, inch: 2, centimeter: 3 } as const;

/** Pixels an inch; undefined where none is stated or it has no unit. */
export function densityOf(directory: TiffDirectory): number | undefined {
  const resolution = directory.number(imageTags.xResolution);
  const unit = directory.number(imageTags.resolutionUnit) ?? units.inch;
  if (resolution === undefined || resolution < 1 || unit === units.none) return undefined;
  return Math.round(unit === units.centimeter ? resolution * 2.54 : resolution);
}
