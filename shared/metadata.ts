// What is known of an original beside its pixels: the shape that the metadata worker records and the API answers.

/** Metadata of one original. Every optional field is absent when the file does not state it. */
export interface ImageMetadata {
  /** By content, never by name or claim: jpeg, png, webp, gif, avif, tiff, heic, svg. */
  format: string;
  /** Pixels, as displayed: after orientation. */
  width: number;
  height: number;
  /** Pixels, as stored in the file: before orientation. */
  storedWidth: number;
  storedHeight: number;
  /** EXIF orientation 1 to 8; 1 where the file states none. */
  orientation: number;
  hasAlpha: boolean;
  /** Frames of an animation or pages of a document; 1 for a still picture. */
  frames: number;
  bitDepth?: number;
  colourSpace?: string;
  /** The embedded profile's description. */
  iccProfile?: string;
  /** ISO 8601; carries an offset only when the file states one, and sub-seconds as the file has them. */
  capturedAt?: string;
  camera?: { make?: string; model?: string; lens?: string; software?: string };
  /** Signed decimal degrees (WGS 84), metres above the sea. */
  location?: { latitude: number; longitude: number; altitude?: number };
  /** What was malformed and left out, for people to read. */
  notes?: string[];
}

/** What a page can show before any rendition has arrived. */
export interface Placeholder {
  /** Base64 of a ThumbHash (https://evanw.github.io/thumbhash/). */
  thumbHash: string;
  /** `#rrggbb`. */
  dominantColour: string;
}
