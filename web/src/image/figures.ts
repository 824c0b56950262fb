// Figures of a photo as people read them. Pure.

import type { Image } from '../../../client/src/client.ts';
import { strings } from '../strings.ts';

type Metadata = NonNullable<Image['metadata']>;
const { figures: say } = strings.image;

const names: Readonly<Record<string, string>> = {
  webp: 'WebP',
  srgb: 'sRGB',
  gray: 'Gray',
  lab: 'Lab',
};

/** Formats and color spaces as their makers write them. */
export function formatName(name: string): string {
  return names[name] ?? name.toUpperCase();
}

/** `950 B`, `12.3 kB`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function formatDimensions({
  width,
  height,
}: {
  readonly width: number;
  readonly height: number;
}): string {
  return `${width} × ${height}`;
}

/** `12.2 megapixels`; nothing for what is smaller than a tenth of one. */
export function formatMegapixels({ width, height }: Metadata): string {
  const megapixels = (width * height) / 1e6;
  return megapixels < 0.1 ? '' : say.megapixels(megapixels.toFixed(1));
}

/** `Canon EOS 5D`, also where the model repeats the maker's name. */
export function formatCamera({ make = '', model = '' }: NonNullable<Metadata['camera']>): string {
  return model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`.trim();
}

/** `1/250 s · f/2.8 · ISO 100 · 35 mm (as 52 mm on film)` */
export function formatExposure(exposure: NonNullable<Metadata['exposure']>): string {
  const { timeSeconds, fNumber, iso, focalLengthMm, focalLength35mm, flashFired } = exposure;
  const onFilm = focalLength35mm !== undefined && focalLength35mm !== focalLengthMm;
  return [
    timeSeconds !== undefined && formatExposureTime(timeSeconds),
    fNumber !== undefined && `f/${round(fNumber)}`,
    iso !== undefined && `ISO ${iso}`,
    focalLengthMm !== undefined &&
      `${round(focalLengthMm)} mm${onFilm ? ` (${say.onFilm(round(focalLength35mm))})` : ''}`,
    flashFired === true && say.withFlash,
  ]
    .filter(Boolean)
    .join(' · ');
}

function formatExposureTime(seconds: number): string {
  return seconds > 0 && seconds < 0.4 ? `1/${Math.round(1 / seconds)} s` : `${round(seconds)} s`;
}

const round = (value: number) => Number(value.toFixed(1));

/**
 * A day and a time as they were where the picture was taken, and how far that is from UTC, if the file says so.
 * @param iso as the API gives it, with or without an offset
 */
export function formatCapturedAt(iso: string): string {
  const [, day = '', time = '', offset = ''] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[^Z+-]*(Z|[+-]\d{2}:\d{2})?$/.exec(iso) ?? [];
  if (day === '') return iso;
  const date = new Date(`${day}T00:00:00Z`);
  const named = date.toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' });
  return `${named}, ${time}${offset ? ` (UTC${offset === 'Z' ? '' : offset})` : ''}`;
}
