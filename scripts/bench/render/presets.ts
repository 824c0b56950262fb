// What every contender has to make: the project's own boxes, in one format.

import type { OutputFormat } from '../../../shared/domain/formats.ts';
import { type Variant, variants } from '../../../shared/domain/variants.ts';

export const presets = {
  jpeg: inFormat('jpeg'),
  webp: inFormat('webp'),
  /** Lossless: shows the resampling alone. */
  png: inFormat('png'),
} as const;

export type PresetName = keyof typeof presets;

function inFormat(format: OutputFormat): readonly Variant[] {
  return variants.map((variant) => ({ ...variant, formats: [format] }));
}
