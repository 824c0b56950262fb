// What may be recorded of one image, enforced in the one place where metadata leaves this room, whatever its parsers let by.

import type { ImageMetadata } from '../../domain/metadata.ts';
import { cleanText } from './text.ts';

/** Of the JSON: it travels in image events (256 KB) and lies in the image's record (400 KB). */
export const maxRecordedBytes = 32 * 1024;
export const maxNotes = 20;
const maxItems = 100;
/** ISO 8601, with or without fractions of a second and an offset. */
const timeFormat = /^\d{4}-\d\d-\d\dT[\d:.]{5,24}(?:Z|[+-]\d\d:\d\d)?$/;

/** Characters of each text; 200 where nothing is said. */
const maxLengths: Readonly<Record<string, number>> = { description: 2000, copyright: 500 };

/** What is trimmed until the rest fits, in this order: the longest and least needed first. */
const trimmed = ['keywords', 'creators', 'description'] as const;

/**
 * The metadata with every number finite (whole ones safe integers), every text cleaned and cut off, every list cut to
 * 100 items, 20 notes, and 32 KB of JSON in all: what is beyond that is dropped, keywords first, with a note.
 */
export function recorded(metadata: ImageMetadata): ImageMetadata {
  const { notes = [], ...facts } = metadata;
  const dropped: string[] = [];
  const tidy = tidied('', facts, dropped) as ImageMetadata;
  return fitting(sensible(tidy), [...notes, ...dropped]);
}

/** Half of a place is none, nor is one that is not on earth; and what does not look like a time is none. */
function sensible({ location, capturedAt, ...facts }: ImageMetadata): ImageMetadata {
  const isPlace =
    location !== undefined && isWithin(location.latitude, 90) && isWithin(location.longitude, 180);
  const isTime = capturedAt !== undefined && timeFormat.test(capturedAt);
  return { ...facts, ...(isTime && { capturedAt }), ...(isPlace && { location }) };
}

function isWithin(degrees: number | undefined, most: number): boolean {
  return degrees !== undefined && Math.abs(degrees) <= most;
}

function tidied(name: string, value: unknown, dropped: string[]): unknown {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return cleanText(value, maxLengths[name]);
  if (typeof value === 'number') {
    if (Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value)) return value;
    dropped.push(`${name} is no number that can be kept`);
    return undefined;
  }
  if (Array.isArray(value)) {
    if (value.length > maxItems) dropped.push(`only ${maxItems} of ${value.length} ${name} are kept`);
    return value.slice(0, maxItems).flatMap((item) => tidied(name, item, dropped) ?? []);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const kept = Object.entries(value).flatMap(([key, part]) => {
    const tidy = tidied(key, part, dropped);
    return tidy === undefined ? [] : [[key, tidy] as const];
  });
  return Object.fromEntries(kept);
}

function fitting(facts: ImageMetadata, notes: readonly string[]): ImageMetadata {
  const whole = withNotes(facts, notes);
  if (bytesOf(whole) <= maxRecordedBytes) return whole;
  let smaller = facts;
  const cut: string[] = [];
  for (const name of trimmed) {
    if (facts.description?.[name] === undefined) continue;
    const { [name]: _, ...description } = smaller.description ?? {};
    smaller = { ...smaller, description };
    cut.push(`${name}: left out, too long to be recorded`);
    const fits = withNotes(smaller, [...cut, ...notes]);
    if (bytesOf(fits) <= maxRecordedBytes) return fits;
  }
  return withNotes(smaller, [...cut, ...notes]);
}

function withNotes(facts: ImageMetadata, notes: readonly string[]): ImageMetadata {
  const clean = notes.slice(0, maxNotes).flatMap((note) => cleanText(note) ?? []);
  if (clean.length === 0) return facts;
  const more = notes.length - maxNotes;
  return { ...facts, notes: more > 0 ? [...clean, `and ${more} more`] : clean };
}

function bytesOf(metadata: ImageMetadata): number {
  return Buffer.byteLength(JSON.stringify(metadata));
}
