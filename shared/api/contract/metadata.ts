// What is known of an original beside its pixels, as answers and image events tell it.

import * as z from 'zod/mini';
import { component } from './components.ts';
import { number, pixels, sourceFormat, text } from './fields.ts';

const optional = z.exactOptional;
const texts = (description: string) => z.array(z.string()).check(z.describe(description));

const camera = z.strictObject({
  make: optional(z.string()),
  model: optional(z.string()),
  lens: optional(z.string()),
  software: optional(z.string()),
});

const exposure = z.strictObject({
  timeSeconds: optional(z.number()),
  fNumber: optional(z.number()),
  iso: optional(z.number()),
  focalLengthMm: optional(z.number()),
  focalLength35mm: optional(number('What the focal length would be on a 35 mm film camera.')),
  flashFired: optional(z.boolean()),
});

const location = z
  .strictObject({
    latitude: number('Signed decimal degrees, WGS 84.').check(z.minimum(-90), z.maximum(90)),
    longitude: number('Signed decimal degrees, WGS 84.').check(z.minimum(-180), z.maximum(180)),
    altitude: optional(number('Meters above the sea.')),
    accuracyMeters: optional(number('Meters of horizontal error.')),
  })
  .check(z.describe('Where the picture was taken. Its owner alone is told: image events leave it out.'));

const description = z
  .strictObject({
    title: optional(z.string()),
    description: optional(z.string()),
    creators: optional(z.array(z.string())),
    copyright: optional(z.string()),
    keywords: optional(z.array(z.string())),
    rating: optional(z.int().check(z.minimum(-1), z.maximum(5), z.describe('-1 rejected, 0 none, 1 to 5.'))),
  })
  .check(z.describe('What people wrote about the picture, in EXIF, IPTC or XMP.'));

export const metadataSchema = component(
  'Metadata',
  'What is known of an original beside its pixels. A field that the file does not state is absent.',
  z.strictObject({
    format: sourceFormat.check(z.describe('By content, never by name or claim.')),
    subformat: optional(text('As the container states it: baseline, progressive, lossless, palette, tiled…')),
    width: pixels('Pixels, as displayed: after orientation.'),
    height: pixels('Pixels, as displayed: after orientation.'),
    storedWidth: pixels('Pixels, as stored in the file: before orientation.'),
    storedHeight: pixels('Pixels, as stored in the file: before orientation.'),
    orientation: z
      .int()
      .check(z.minimum(1), z.maximum(8), z.describe('As EXIF states it; 1 where it states none.')),
    hasAlpha: z.boolean(),
    frames: pixels('Frames of an animation or pages of a document; 1 for a still picture.'),
    durationMs: optional(number('Milliseconds of an animation, played once.')),
    bitDepth: optional(number('Bits a sample.')),
    colorSpace: optional(
      text('How samples are meant, but for an embedded profile: srgb, gray, cmyk or lab.'),
    ),
    iccProfile: optional(text('The description of the embedded color profile.')),
    densityPpi: optional(number('Pixels an inch.')),
    capturedAt: optional(text('ISO 8601; with an offset from UTC only where the file states one.')),
    camera: optional(camera),
    exposure: optional(exposure),
    location: optional(location),
    description: optional(description),
    notes: optional(texts('What was malformed and left out, for people to read.')),
  }),
);

export const placeholderSchema = component(
  'Placeholder',
  'What a page can show before any rendition has arrived.',
  z.strictObject({
    thumbHash: text('Base64 of a ThumbHash: https://evanw.github.io/thumbhash/'),
    dominantColor: z.string().check(z.regex(/^#[0-9a-f]{6}$/), z.describe('`#rrggbb`')),
  }),
);
