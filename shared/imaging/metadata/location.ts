// Where a picture was taken: signed degrees, or nothing where the file's values cannot be a place.

import type { ImageMetadata } from '../../domain/metadata.ts';

type Location = NonNullable<ImageMetadata['location']>;

/** @param tagValue a tag's value as the EXIF reader gives it @param notes receives what was malformed */
export function exifLocation(tagValue: (tag: string) => unknown, notes: string[]): Location | undefined {
  if (tagValue('GPSLatitude') === undefined && tagValue('GPSLongitude') === undefined) return undefined;
  const latitude = signed(degrees(tagValue('GPSLatitude')), tagValue('GPSLatitudeRef'), 'N', 'S');
  const longitude = signed(degrees(tagValue('GPSLongitude')), tagValue('GPSLongitudeRef'), 'E', 'W');
  const height = quotient(tagValue('GPSAltitude'));
  const altitude = height !== undefined && isBelowSea(tagValue('GPSAltitudeRef')) ? -height : height;
  return located(latitude, longitude, altitude, quotient(tagValue('GPSHPositioningError')), notes);
}

/** @param latitude and longitude as XMP writes them: `40,26.767N` or `40,26,46W` */
export function xmpLocation(
  latitude: string,
  longitude: string,
  altitude: string | undefined,
  notes: string[],
) {
  const [numerator = '', denominator = '1'] = (altitude ?? '').split('/');
  const height = numerator === '' ? undefined : Number(numerator) / Number(denominator);
  return located(xmpDegrees(latitude, 'N', 'S'), xmpDegrees(longitude, 'E', 'W'), height, undefined, notes);
}

function located(
  latitude: number | undefined,
  longitude: number | undefined,
  altitude: number | undefined,
  accuracy: number | undefined,
  notes: string[],
): Location | undefined {
  if (
    latitude === undefined ||
    longitude === undefined ||
    Math.abs(latitude) > 90 ||
    Math.abs(longitude) > 180
  ) {
    notes.push('the location is no place on earth');
    return undefined;
  }
  if (latitude === 0 && longitude === 0) notes.push('the location 0, 0 is usually a device without a fix');
  return {
    latitude: rounded(latitude, 7),
    longitude: rounded(longitude, 7),
    ...(altitude !== undefined && Math.abs(altitude) < 100_000 ? { altitude: rounded(altitude, 2) } : {}),
    ...(accuracy !== undefined && accuracy > 0 ? { accuracyMeters: rounded(accuracy, 1) } : {}),
  };
}

/** Undefined without the letter: the hemisphere is half of the answer. */
function signed(
  value: number | undefined,
  ref: unknown,
  positive: string,
  negative: string,
): number | undefined {
  const letter = String([ref].flat()[0] ?? '')
    .trim()
    .toUpperCase();
  if (value === undefined || (letter !== positive && letter !== negative)) return undefined;
  return letter === negative ? -value : value;
}

/** Three rationals: degrees, minutes, seconds. */
function degrees(value: unknown): number | undefined {
  if (!Array.isArray(value)) return undefined;
  const [whole, minutes = 0, seconds = 0] = value.map(quotient);
  if (whole === undefined || minutes === undefined || seconds === undefined) return undefined;
  return whole + minutes / 60 + seconds / 3600;
}

function quotient(value: unknown): number | undefined {
  const [numerator, denominator = 1] = [value].flat().map(Number);
  const result = Number(numerator) / Number(denominator);
  return value !== undefined && Number.isFinite(result) ? result : undefined;
}

/** The specification says 1; some write the sea level's second form, 3. */
function isBelowSea(ref: unknown): boolean {
  const code = Number([ref].flat()[0]);
  return code === 1 || code === 3;
}

function xmpDegrees(text: string, positive: string, negative: string): number | undefined {
  const match = /^\s*(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?\s*([NSEW])\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, whole, minutes, seconds = '0', letter] = match;
  return signed(Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600, letter, positive, negative);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
