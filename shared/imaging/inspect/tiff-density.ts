// The resolution that TIFF and EXIF state for printing.

import type { TiffDirectory } from './tiff-directory.ts';

const xResolutionTag = 282;
const unitTag = 296;
const units = { none: 1, inch: 2, centimeter: 3 } as const;

/** Pixels an inch; undefined where none is stated or it has no unit. */
export function densityOf(directory: TiffDirectory): number | undefined {
  const resolution = directory.rational(xResolutionTag);
  const unit = directory.number(unitTag) ?? units.inch;
  if (resolution === undefined || resolution < 1 || unit === units.none) return undefined;
  return Math.round(unit === units.centimeter ? resolution * 2.54 : resolution);
}
