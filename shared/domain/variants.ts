// THE variant table: one row adds a variant everywhere (worker, record, API, demo, docs).
// A variant is what we promise of an original; a rendition is what is stored for it in one format.

import type { OutputFormat } from './formats.ts';

/** How an original is fitted into a variant's box. Neither ever enlarges. */
export type Fit =
  /** The whole picture within the box, proportions kept. */
  | 'inside'
  /** The box filled, what sticks out cropped. */
  | 'cover';

export interface Variant {
  readonly name: string;
  /** The box, in pixels of the picture as displayed. */
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  /** Which part a `cover` keeps: the middle (default), or what draws the eye. */
  readonly crop?: 'center' | 'attention';
  readonly formats: readonly OutputFormat[];
}

export const variants = [
  { name: 'thumb', width: 160, height: 160, fit: 'cover', formats: ['webp'] },
  { name: 'small', width: 320, height: 320, fit: 'inside', formats: ['webp'] },
  { name: 'medium', width: 800, height: 800, fit: 'inside', formats: ['webp', 'jpeg'] },
  { name: 'large', width: 1600, height: 1600, fit: 'inside', formats: ['webp'] },
] as const satisfies readonly Variant[];
