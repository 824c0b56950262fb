// What EXIF says of camera, exposure, time and place: here its values are judged.

import type { ImageMetadata } from '../../domain/metadata.ts';
import { gpsTags, imageTags, maxExifTextBytes, photoTags } from '../inspect/exif.ts';
import type { Exif } from '../inspect/inspection.ts';
import type { TiffDirectory } from '../inspect/tiff-directory.ts';
import { captureTime } from './capture-time.ts';
import { exifLocation } from './location.ts';
import { cleanText, decodedText } from './text.ts';

/** The parts of an image's metadata that EXIF and XMP can both state. */
export type DescriptiveMetadata = Pick<
  ImageMetadata,
  'camera' | 'exposure' | 'capturedAt' | 'location' | 'description'
>;

/** @param notes receives what was malformed */
export function exifMetadata(exif: Exif, notes: string[]): DescriptiveMetadata {
  return defined({
    camera: cameraOf(exif),
    exposure: exposureOf(exif.photo),
    capturedAt: capturedAt(exif.photo, notes),
    location: locationOf(exif.gps, notes),
    description: descriptionOf(exif.image),
  });
}

function cameraOf({ image, photo }: Exif): ImageMetadata['camera'] {
  return nonEmpty({
    make: text(image, imageTags.make),
    model: text(image, imageTags.model),
    lens: text(photo, photoTags.lens),
    software: text(image, imageTags.software),
  });
}

function exposureOf(photo: TiffDirectory): ImageMetadata['exposure'] {
  const flash = photo.number(photoTags.flash);
  return nonEmpty({
    timeSeconds: positive(photo.number(photoTags.exposureTime)),
    fNumber: positive(photo.number(photoTags.fNumber)),
    iso: positive(photo.number(photoTags.iso)),
    focalLengthMm: positive(photo.number(photoTags.focalLength)),
    focalLength35mm: positive(photo.number(photoTags.focalLength35mm)),
    flashFired: flash === undefined ? undefined : (flash & 1) === 1,
  });
}

function capturedAt(photo: TiffDirectory, notes: string[]): string | undefined {
  const stated = text(photo, photoTags.capturedAt);
  if (stated === undefined) return undefined;
  const time = captureTime(
    stated,
    text(photo, photoTags.capturedOffset),
    text(photo, photoTags.capturedSubSeconds),
  );
  if (time === undefined) notes.push('the capture time is no date that exists');
  return time;
}

function locationOf(gps: TiffDirectory, notes: string[]): ImageMetadata['location'] {
  return exifLocation(
    {
      latitude: gps.pairs(gpsTags.latitude),
      latitudeRef: text(gps, gpsTags.latitudeRef),
      longitude: gps.pairs(gpsTags.longitude),
      longitudeRef: text(gps, gpsTags.longitudeRef),
      altitude: gps.number(gpsTags.altitude),
      altitudeRef: gps.number(gpsTags.altitudeRef),
      accuracyMeters: gps.number(gpsTags.positioningError),
    },
    notes,
  );
}

function descriptionOf(image: TiffDirectory): ImageMetadata['description'] {
  const creator = text(image, imageTags.artist);
  return nonEmpty({
    description: text(image, imageTags.description, 2000),
    creators: creator === undefined ? undefined : [creator],
    copyright: text(image, imageTags.copyright, 500),
  });
}

/** Text ends in a zero byte; some tags hold several one behind the other. */
function text(directory: TiffDirectory, tag: number, maxLength?: number): string | undefined {
  const bytes = directory.bytes(tag);
  if (bytes === undefined) return undefined;
  return cleanText(decodedText(bytes, bytes.length >= maxExifTextBytes).replaceAll('\0', ' '), maxLength);
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? Number(value.toPrecision(6)) : undefined;
}

/** The same without what is undefined. */
export function defined<Shape extends object>(
  shape: Shape,
): { [Key in keyof Shape]: Exclude<Shape[Key], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Shape]: Exclude<Shape[Key], undefined>;
  };
}

/** The same without what is undefined; undefined when that is all. */
export function nonEmpty<Shape extends object>(shape: Shape) {
  const kept = defined(shape);
  return Object.keys(kept).length === 0 ? undefined : kept;
}
