// Metadata of an original, read by ranges and without any decoder: small enough for a function of its own.

import type { ImageMetadata } from '../../domain/metadata.ts';
import type { ByteSource } from '../contract.ts';
import { displayOf, statedDensity, statedOrientation } from '../inspect/display.ts';
import { RangedHeaderReader } from '../inspect/header-reader.ts';
import { type InspectedFile, inspect } from '../inspect/inspect.ts';
import { defaultLimits, isDrawnAnimated } from '../inspect/limits.ts';
import { type DescriptiveMetadata, exifMetadata } from './exif.ts';
import { iccDescription } from './icc-description.ts';
import { iptcMetadata } from './iptc.ts';
import { recorded } from './recorded.ts';
import { xmpMetadata } from './xmp.ts';

/**
 * Reads as little of the file as its format allows; malformed parts are left out with a note.
 * @throws {PermanentFailure} `unsupported-format`, `corrupt-image`, or a limit that the header alone exceeds
 */
export async function readMetadata(source: ByteSource): Promise<ImageMetadata> {
  return recorded(metadataOf(await inspect(new RangedHeaderReader(source))));
}

function metadataOf(file: InspectedFile): ImageMetadata {
  const notes = [...file.notes, ...undrawnFrames(file)];
  const { displayed } = displayOf(file);
  const densityPpi = statedDensity(file);
  const iccProfile = file.icc === undefined ? undefined : iccDescription(file.icc);
  return {
    format: file.format,
    ...(file.subformat !== undefined && { subformat: file.subformat }),
    ...displayed,
    storedWidth: file.stored.width,
    storedHeight: file.stored.height,
    orientation: statedOrientation(file.exif),
    hasAlpha: file.hasAlpha,
    frames: file.frames,
    ...(file.durationMs !== undefined && { durationMs: file.durationMs }),
    ...(file.bitDepth !== undefined && { bitDepth: file.bitDepth }),
    // What is RGB is shown as sRGB, or as the embedded profile says.
    colorSpace: file.color === 'rgb' ? 'srgb' : file.color,
    ...(iccProfile !== undefined && { iccProfile }),
    ...(densityPpi !== undefined && { densityPpi }),
    ...descriptive(file, notes),
    ...(notes.length > 0 && { notes }),
  };
}

/** Says what renditions leave out. A deployment may tighten the budget of animations; its renditions say how many frames they have. */
function undrawnFrames(file: InspectedFile): string[] {
  if (file.frames === 1 || isDrawnAnimated(file, defaultLimits)) return [];
  return [`only the first of ${file.frames} ${file.format === 'tiff' ? 'pages' : 'frames'} is shown`];
}

/** EXIF speaks for the camera, XMP for the person behind it; each fills what the other leaves open, IPTC the rest. */
function descriptive({ exif, xmp, iptc }: InspectedFile, notes: string[]): DescriptiveMetadata {
  const fromExif = exif === undefined ? {} : exifMetadata(exif, notes);
  const fromXmp = xmp === undefined ? {} : xmpMetadata(xmp, notes);
  const fromIptc = iptc === undefined ? {} : iptcMetadata(iptc);
  const camera = { ...fromXmp.camera, ...fromExif.camera };
  const description = { ...fromExif.description, ...fromIptc.description, ...fromXmp.description };
  return {
    ...fromXmp,
    ...fromExif,
    ...(Object.keys(camera).length > 0 && { camera }),
    ...(Object.keys(description).length > 0 && { description }),
  };
}
