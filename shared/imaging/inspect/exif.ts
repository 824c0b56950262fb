// The EXIF directories of a file, whatever else its block carries: makers' notes, previews, entries made to be expensive.

import type { HeaderReader } from './header-reader.ts';
import type { Exif } from './inspection.ts';
import { emptyDirectory, readDirectory, tiffStructure, type WantedTags } from './tiff-directory.ts';

/** More than is ever kept of a text. */
export const maxExifTextBytes = 8 * 1024;

export const imageTags = {
  description: 270,
  make: 271,
  model: 272,
  orientation: 274,
  xResolution: 282,
  resolutionUnit: 296,
  software: 305,
  artist: 315,
  copyright: 33432,
} as const;

export const photoTags = {
  exposureTime: 33434,
  fNumber: 33437,
  iso: 34855,
  capturedAt: 36867,
  capturedOffset: 36881,
  flash: 37385,
  focalLength: 37386,
  capturedSubSeconds: 37521,
  focalLength35mm: 41989,
  lens: 42036,
} as const;

export const gpsTags = {
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
  altitudeRef: 5,
  altitude: 6,
  positioningError: 31,
} as const;

const pointers = { photo: 34665, gps: 34853 } as const;

/** Text and numbers are told apart by the file; whichever it says, no tag here needs more than text takes. */
function wanted(tags: Readonly<Record<string, number>>): WantedTags {
  return new Map(Object.values(tags).map((tag) => [tag, maxExifTextBytes]));
}

const imageWanted: WantedTags = new Map([
  ...wanted(imageTags),
  ...Object.values(pointers).map((tag) => [tag, 8] as const),
]);
const photoWanted = wanted(photoTags);
const gpsWanted = wanted(gpsTags);

/**
 * @param block a TIFF structure, from `II` or `MM`: an EXIF block or a whole TIFF
 * @throws {RangeError} when its first directory is broken; others that are broken are left out with a note
 */
export async function readExif(block: HeaderReader, notes: string[]): Promise<Exif> {
  const structure = await tiffStructure(block);
  const image = await readDirectory(structure, structure.firstDirectoryAt, imageWanted);
  const follow = async (pointer: keyof typeof pointers, tags: WantedTags) => {
    const at = image.number(pointers[pointer]);
    if (at === undefined) return emptyDirectory;
    return readDirectory(structure, at, tags).catch((error) => {
      if (!(error instanceof RangeError)) throw error;
      notes.push(`the ${pointer} directory of EXIF cannot be read`);
      return emptyDirectory;
    });
  };
  return { image, photo: await follow('photo', photoWanted), gps: await follow('gps', gpsWanted) };
}
