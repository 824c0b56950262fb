// An SVG made ready for the decoder: sanitised, with its dimensions written out, to be drawn at the scale that is needed.

import type { Dimensions } from '../geometry.ts';
import { svgTreeLimits } from '../inspect/svg.ts';
import type { ImagingLimits } from '../limits.ts';
import { sanitise } from './sanitise.ts';
import { svgText } from './text.ts';
import { parseSvg, serialise } from './tree.ts';

/**
 * The drawing as safe SVG text of exactly these dimensions.
 * @throws {PermanentFailure} when it cannot be made safe
 */
export async function safeSvg(file: Uint8Array, stored: Dimensions, limits: ImagingLimits): Promise<Buffer> {
  const root = await sanitise(parseSvg(svgText(file), svgTreeLimits), {
    maxDrawnElements: limits.maxSvgElements,
    maxFilterPrimitives: limits.maxSvgFilterPrimitives,
    maxEmbeddedPixels: limits.maxPixels,
  });
  root.attributes['viewBox'] ??= `0 0 ${stored.width} ${stored.height}`;
  root.attributes['width'] = String(stored.width);
  root.attributes['height'] = String(stored.height);
  return Buffer.from(serialise(root));
}
