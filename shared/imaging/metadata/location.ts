// Where a picture was taken: signed degrees, or nothing where the file's values cannot be a place.

import type { ImageMetadata } from '../../domain/metadata.ts';

type Location = NonNullable<ImageMetadata['location']>;

type Rational = readonly [numerator: number, denominator: number];

/** The GPS directory of EXIF: rationals as degrees, minutes and seconds, and the letter of the hemisphere. */
export interface ExifPlace {
  readonly latitude: readonly Rational[];
  readonly latitudeRef: string | undefined;
  readonly longitude: readonly Rational[];
  readonly longitudeRef: string | undefined;
  /** Meters. */
  readonly altitude: number | undefined;
  readonly altitudeRef: number | undefined;
  readonly accuracyMeters: number | undefined;
}

/** @param notes receives what was malformed */
export function exifLocation(place: ExifPlace, notes: string[]): Location | undefined {
  if (place.latitude.length === 0 && place.longitude.length === 0) return undefined;
  const latitude = signed(degrees(place.latitude), place.latitudeRef, 'N', 'S');
  const longitude = signed(degrees(place.longitude), place.longitudeRef, 'E', 'W');
  const { altitude: height, accuracyMeters } = place;
  const altitude = height !== undefined && isBelowSea(place.altitudeRef) ? -height : height;
  return located(latitude, longitude, altitude, accuracyMeters, notes);
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
    ...(altitude !== undefined && Math.abs(altitude) < 100_000 && { altitude: rounded(altitude, 2) }),
    ...(accuracy !== undefined && accuracy > 0 && accuracy < 1e7 && { accuracyMeters: rounded(accuracy, 1) }),
  };
}

/** Undefined without the letter: the hemisphere is half of the answer. */
function signed(
  value: number | undefined,
  ref: string | undefined,
  positive: string,
  negative: string,
): number | undefined {
  const letter = ref?.trim().toUpperCase();
  if (value === undefined || (letter !== positive && letter !== negative)) return undefined;
  return letter === negative ? -value : value;
}

/** Three rationals: degrees, minutes, seconds. */
function degrees(parts: readonly Rational[]): number | undefined {
  const [whole, minutes = 0, seconds = 0] = parts.map(([numerator, denominator]) => numerator / denominator);
  if (whole === undefined) return undefined;
  const sum = whole + minutes / 60 + seconds / 3600;
  return Number.isFinite(sum) ? sum : undefined;
}

/** The specification says 1; some write the sea level's second form, 3. */
function isBelowSea(ref: number | undefined): boolean {
  return ref === 1 || ref === 3;
}

function xmpDegrees(text: string, positive: string, negative: string): number | undefined {
  const match = /^(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))? ?([NSEW])$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, whole, minutes, seconds = '0', letter] = match;
  return signed(Number(whole) + Number(minutes) / 60 + Number(seconds) / 3600, letter, positive, negative);
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
