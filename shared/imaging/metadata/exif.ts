// What EXIF says of camera, exposure, time and place. A maintained reader parses; here the values are judged.

import ExifReader from 'exifreader';
import type { ImageMetadata } from '../../domain/metadata.ts';
import { captureTime } from './capture-time.ts';
import { compactExif } from './compact-exif.ts';
import { exifLocation } from './location.ts';
import { cleanText } from './text.ts';

/** The parts of an image's metadata that EXIF and XMP can both state. */
export type DescriptiveMetadata = Pick<
  ImageMetadata,
  'camera' | 'exposure' | 'capturedAt' | 'location' | 'description'
>;

const tags = [
  'ImageDescription',
  'Make',
  'Model',
  'Software',
  'Artist',
  'Copyright',
  'ExposureTime',
  'FNumber',
  'ISOSpeedRatings',
  'Flash',
  'FocalLength',
  'FocalLengthIn35mmFilm',
  'DateTimeOriginal',
  'OffsetTimeOriginal',
  'SubSecTimeOriginal',
  'LensMake',
  'LensModel',
  'GPSLatitudeRef',
  'GPSLatitude',
  'GPSLongitudeRef',
  'GPSLongitude',
  'GPSAltitudeRef',
  'GPSAltitude',
  'GPSHPositioningError',
];

type Tags = Readonly<Record<string, { readonly value?: unknown; readonly description?: string } | undefined>>;

/** @param notes receives what was malformed */
export function exifMetadata(exif: Buffer, notes: string[]): DescriptiveMetadata {
  let read: Tags;
  try {
    const block = Uint8Array.from(compactExif(exif)).buffer;
    read = ExifReader.load(block, { includeTags: { exif: tags } }) as Tags;
  } catch {
    notes.push('EXIF cannot be read');
    return {};
  }
  const found = {
    camera: cameraOf(read),
    exposure: exposureOf(read),
    capturedAt: capturedAt(read, notes),
    location: exifLocation((name) => read[name]?.value, notes),
    description: descriptionOf(read),
  };
  return defined(found);
}

function cameraOf(read: Tags): ImageMetadata['camera'] {
  return nonEmpty({
    make: text(read, 'Make'),
    model: text(read, 'Model'),
    lens: text(read, 'LensModel'),
    software: text(read, 'Software'),
  });
}

function exposureOf(read: Tags): ImageMetadata['exposure'] {
  const flash = number(read, 'Flash');
  return nonEmpty({
    timeSeconds: positive(number(read, 'ExposureTime')),
    fNumber: positive(number(read, 'FNumber')),
    iso: positive(number(read, 'ISOSpeedRatings')),
    focalLengthMm: positive(number(read, 'FocalLength')),
    focalLength35mm: positive(number(read, 'FocalLengthIn35mmFilm')),
    flashFired: flash === undefined ? undefined : (flash & 1) === 1,
  });
}

function capturedAt(read: Tags, notes: string[]): string | undefined {
  const stated = text(read, 'DateTimeOriginal');
  if (stated === undefined) return undefined;
  const time = captureTime(stated, text(read, 'OffsetTimeOriginal'), text(read, 'SubSecTimeOriginal'));
  if (time === undefined) notes.push('the capture time is no date that exists');
  return time;
}

function descriptionOf(read: Tags): ImageMetadata['description'] {
  const creator = text(read, 'Artist');
  return nonEmpty({
    description: text(read, 'ImageDescription', 2000),
    creators: creator === undefined ? undefined : [creator],
    copyright: text(read, 'Copyright', 500),
  });
}

/** EXIF text arrives as a list of strings. */
function text(read: Tags, name: string, maxLength?: number): string | undefined {
  const value = read[name]?.value;
  return cleanText(Array.isArray(value) ? value.join(' ') : value, maxLength);
}

/** The first number of a value; rationals arrive as numerator and denominator. */
function number(read: Tags, name: string): number | undefined {
  const value = read[name]?.value;
  const first =
    Array.isArray(value) && typeof value[0] === 'number' && value.length === 2 ? value : [value].flat();
  const [numerator, denominator = 1] = first.map(Number);
  const quotient = Number(numerator) / Number(denominator);
  return Number.isFinite(quotient) ? quotient : undefined;
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
