// An SVG made ready for the decoder: sanitized, with its dimensions written out, to be drawn at the scale that is needed.

import type { Dimensions } from '../../inspect/geometry.ts';
import type { ImagingLimits } from '../../inspect/limits.ts';
import { svgText } from '../../inspect/svg/text.ts';
import { parseSvg, serialize } from '../../inspect/svg/tree.ts';
import { type DecodePicture, embeddedPictures } from './embedded-pictures.ts';
import { sanitize } from './sanitize.ts';

export interface Drawing {
  /** The dimensions that the drawing states. */
  readonly stored: Dimensions;
  /** Those at which it is drawn. */
  readonly drawn: Dimensions;
}

/**
 * The drawing as safe SVG text of exactly the dimensions that it states.
 * @throws {PermanentFailure} when it cannot be made safe
 */
export async function safeSvg(
  file: Uint8Array,
  { stored, drawn }: Drawing,
  limits: ImagingLimits,
  decodePicture: DecodePicture,
): Promise<Buffer> {
  const parsed = parseSvg(svgText(file));
  const root = sanitize(parsed, await embeddedPictures(parsed, limits, decodePicture), drawn, limits);
  root.attributes['viewBox'] ??= `0 0 ${stored.width} ${stored.height}`;
  root.attributes['width'] = String(stored.width);
  root.attributes['height'] = String(stored.height);
  return Buffer.from(serialize(root));
}
