// One rendition as the record lists it.

import type { OutputFormat } from './formats.ts';

export interface StoredRendition {
  readonly variant: string;
  readonly format: OutputFormat;
  readonly contentType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** More than 1 for an animation that stays one. */
  readonly frames: number;
  readonly bytes: number;
  readonly key: string;
}
