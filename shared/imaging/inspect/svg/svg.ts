// SVG: well-formed, bounded, and as large as its root element says.

import { PermanentFailure } from '../../../domain/errors.ts';
import type { HeaderReader } from '../header-reader.ts';
import type { Header } from '../inspection.ts';
import { svgDimensions } from './dimensions.ts';
import { isGzip, maxSvgTextBytes, svgText } from './text.ts';
import { parseSvg } from './tree.ts';
import { undrawn } from './undrawn.ts';

export async function inspectSvg(file: HeaderReader): Promise<Header> {
  if (file.byteLength > maxSvgTextBytes) {
    throw new PermanentFailure('too-expensive', `an SVG of more than ${maxSvgTextBytes} bytes`);
  }
  const bytes = await file.bytes(0, file.byteLength);
  const root = parseSvg(svgText(bytes));
  return {
    ...(isGzip(bytes) && { subformat: 'gzip' }),
    stored: svgDimensions(root),
    color: 'rgb',
    hasAlpha: true,
    frames: 1,
    // It is drawn at the scale of the largest rendition, never at its own.
    decodeBytesPerPixel: 0,
    notes: undrawn(root),
  };
}
