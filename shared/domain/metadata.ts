// What is known of an original beside its pixels: the shape that the metadata worker records and the API answers.

import type { SourceFormat } from './formats.ts';

/** Metadata of one original. Every optional field is absent when the file does not state it. */
export interface ImageMetadata {
  /** By content, never by name or claim. */
  format: SourceFormat;
  /** As the container states it: baseline, progressive, lossless, palette, tiled… */
  subformat?: string;
  /** Pixels, as displayed: after orientation. */
  width: number;
  height: number;
  /** Pixels, as stored in the file: before orientation. */
  storedWidth: number;
  storedHeight: number;
  /** EXIF orientation 1 to 8 as stated; 1 where the file states none. AVIF and HEIC turn by their own means instead. */
  orientation: number;
  hasAlpha: boolean;
  /** Frames of an animation or pages of a document; 1 for a still picture. */
  frames: number;
  /** Of an animation, played once. */
  durationMs?: number;
  /** Bits a sample. */
  bitDepth?: number;
  /** How samples are meant, but for an embedded profile: srgb, gray, cmyk or lab. */
  colorSpace?: string;
  /** The embedded profile's description. */
  iccProfile?: string;
  /** Pixels an inch. */
  densityPpi?: number;
  /** ISO 8601; carries an offset only when the file states one, and sub-seconds as the file has them. */
  capturedAt?: string;
  camera?: { make?: string; model?: string; lens?: string; software?: string };
  exposure?: {
    timeSeconds?: number;
    fNumber?: number;
    iso?: number;
    focalLengthMm?: number;
    /** What the focal length would be on a 35 mm film camera. */
    focalLength35mm?: number;
    flashFired?: boolean;
  };
  /** Signed decimal degrees (WGS 84), meters above the sea, meters of horizontal error. */
  location?: { latitude: number; longitude: number; altitude?: number; accuracyMeters?: number };
  /** What people wrote about the picture, in EXIF, IPTC or XMP. */
  description?: {
    title?: string;
    description?: string;
    creators?: string[];
    copyright?: string;
    keywords?: string[];
    /** -1 rejected, 0 none, 1 to 5. */
    rating?: number;
  };
  /** What was malformed and left out, for people to read. */
  notes?: string[];
}

/** What a page can show before any rendition has arrived. */
export interface Placeholder {
  /** Base64 of a ThumbHash (https://evanw.github.io/thumbhash/). */
  thumbHash: string;
  /** `#rrggbb`. */
  dominantColor: string;
}
