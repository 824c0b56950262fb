// Encodes one picture in one output format, by the settings of the format's row.

import { type OutputFormat, outputFormat } from '../../domain/formats.ts';
import { firstFrame, fromPixels, hasAlpha, type Pixels } from './pixels.ts';

/** When each frame of an animation gives way to the next. */
export interface Timing {
  /** Milliseconds, one a frame. */
  readonly delay: number[];
  /** Times it is played; 0 for ever. */
  readonly loop: number;
}

export interface Encoded {
  readonly body: Buffer;
  /** Frames that the format kept. */
  readonly frames: number;
}

export async function encode(
  pixels: Pixels,
  format: OutputFormat,
  timing: Timing | undefined,
): Promise<Encoded> {
  const { isAnimated, background, settings } = outputFormat(format);
  const kept = isAnimated ? pixels : firstFrame(pixels);
  const picture = fromPixels(kept);
  const isFlattened = background !== undefined && hasAlpha(kept);
  const opaque = isFlattened ? picture.flatten({ background }) : picture;
  const options = { ...settings, ...(kept.frames > 1 && timing) };
  return { body: await opaque.toFormat(format, options).toBuffer(), frames: kept.frames };
}
