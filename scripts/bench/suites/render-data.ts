// What a run of render keeps.

import type { Samples } from '../measure/interleave.ts';
import type { PhotoSet } from '../photos.ts';
import type { Checked } from '../render/check.ts';

export const timedPresets = ['jpeg', 'webp'] as const;
export type TimedPreset = (typeof timedPresets)[number];

export interface RenderData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  /** Indexes of the photos with a color profile. */
  readonly profiled: readonly number[];
  /** By preset: CPU milliseconds by contender, round and photo. */
  readonly samples: Readonly<Record<TimedPreset, Samples>>;
  /** By preset: programs that the floor lacked. */
  readonly missing: Readonly<Record<TimedPreset, readonly string[]>>;
  /** Resampling alone, by renderer. */
  readonly resampling: Readonly<Record<string, Checked>>;
  /** As encoded, by preset and renderer. */
  readonly encoded: Readonly<Record<TimedPreset, Readonly<Record<string, Checked>>>>;
  readonly webpBytesRatio: number;
}
