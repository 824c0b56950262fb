// A small decoded picture in plain memory, as the placeholder and the perceptual hash read it.

export interface RgbaPicture {
  /** Four bytes a pixel, row by row: sRGB, alpha not premultiplied. */
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}
