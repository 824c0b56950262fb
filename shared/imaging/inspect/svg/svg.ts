// SVG: well-formed, bounded, and as large as its root element says.

import type { HeaderReader, Inspection } from '../inspection.ts';
import { svgDimensions } from './dimensions.ts';
import { isGzip, svgText } from './text.ts';
import { parseSvg, type SvgTreeLimits } from './tree.ts';

/** librsvg itself goes a thousand levels deep and a million elements far. */
export const svgTreeLimits: SvgTreeLimits = { maxElements: 100_000, maxDepth: 200 };

export async function inspectSvg(file: HeaderReader): Promise<Inspection> {
  const bytes = await file.all();
  const root = parseSvg(svgText(bytes), svgTreeLimits);
  return {
    ...(isGzip(bytes) ? { subformat: 'gzip' } : {}),
    stored: svgDimensions(root),
    color: 'rgb',
    hasAlpha: true,
    frames: 1,
    // It is drawn at the scale of the largest rendition, never at its own.
    decodeBytesPerPixel: 0,
    notes: [],
  };
}
