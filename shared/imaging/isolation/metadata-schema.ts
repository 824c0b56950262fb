// The metadata of an image as a process for hostile bytes may report it: every field by name, bounded, and nothing else.

import * as z from 'zod/mini';
import { type SourceFormat, sourceFormats } from '../../domain/formats.ts';
import type { ImageMetadata } from '../../domain/metadata.ts';
import { cleanText, count, finite } from './reports.ts';

/** A schema for every field, and for no other. */
type Fields<Shape> = { readonly [Field in keyof Required<Shape>]: z.ZodMiniType };

const optional = z.exactOptional;
/** Lengths in UTF-16 units: twice as many characters are cut off where they are read. */
const line = cleanText(400);
const lines = z.array(line).check(z.maxLength(100));
const paragraph = cleanText(4_000);

const camera = {
  make: optional(line),
  model: optional(line),
  lens: optional(line),
  software: optional(line),
};

const exposure = {
  timeSeconds: optional(finite),
  fNumber: optional(finite),
  iso: optional(finite),
  focalLengthMm: optional(finite),
  focalLength35mm: optional(finite),
  flashFired: optional(z.boolean()),
};

const location = {
  latitude: finite.check(z.gte(-90), z.lte(90)),
  longitude: finite.check(z.gte(-180), z.lte(180)),
  altitude: optional(finite),
  accuracyMeters: optional(finite),
};

const description = {
  title: optional(line),
  description: optional(paragraph),
  creators: optional(lines),
  copyright: optional(cleanText(1_000)),
  keywords: optional(lines),
  rating: optional(z.int().check(z.gte(-1), z.lte(5))),
};

const metadata = {
  format: z.enum(Object.keys(sourceFormats) as SourceFormat[]),
  subformat: optional(line),
  width: count,
  height: count,
  storedWidth: count,
  storedHeight: count,
  orientation: z.int().check(z.gte(1), z.lte(8)),
  hasAlpha: z.boolean(),
  frames: count,
  durationMs: optional(finite),
  bitDepth: optional(finite),
  colorSpace: optional(z.enum(['srgb', 'gray', 'cmyk', 'lab'])),
  iccProfile: optional(line),
  densityPpi: optional(finite),
  capturedAt: optional(z.string().check(z.regex(/^\d{4}-\d\d-\d\dT[\d:.]{5,24}(?:Z|[+-]\d\d:\d\d)?$/))),
  camera: optional(z.strictObject(camera satisfies Fields<ImageMetadata['camera']>)),
  exposure: optional(z.strictObject(exposure satisfies Fields<ImageMetadata['exposure']>)),
  location: optional(z.strictObject(location satisfies Fields<ImageMetadata['location']>)),
  description: optional(z.strictObject(description satisfies Fields<ImageMetadata['description']>)),
  // The last one tells how many more there were.
  notes: optional(z.array(line).check(z.maxLength(21))),
};

export const metadataSchema: z.ZodMiniType<ImageMetadata> = z.strictObject(
  metadata satisfies Fields<ImageMetadata>,
);
