// An SVG made ready for the decoder: sanitized, with its dimensions written out, to be drawn at the scale that is needed.

import type { Dimensions } from '../../inspect/geometry.ts';
import type { ImagingLimits } from '../../inspect/limits.ts';
import { svgText } from '../../inspect/svg/text.ts';
import { parseSvg, serialize } from '../../inspect/svg/tree.ts';
import { sanitize } from './sanitize.ts';

/**
 * The drawing as safe SVG text of exactly these dimensions.
 * @throws {PermanentFailure} when it cannot be made safe
 */
export async function safeSvg(file: Uint8Array, stored: Dimensions, limits: ImagingLimits): Promise<Buffer> {
  const root = await sanitize(parseSvg(svgText(file)), {
    maxDrawnElements: limits.maxSvgElements,
    maxFilterPrimitives: limits.maxSvgFilterPrimitives,
    maxEmbeddedPixels: limits.maxPixels,
  });
  root.attributes['viewBox'] ??= `0 0 ${stored.width} ${stored.height}`;
  root.attributes['width'] = String(stored.width);
  root.attributes['height'] = String(stored.height);
  return Buffer.from(serialize(root));
}
