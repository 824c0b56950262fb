// What a run of peers keeps.

import type { Samples } from '../measure/interleave.ts';
import type { PhotoSet } from '../photos.ts';
import type { Checked } from '../render/check.ts';

export interface PeersData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  /** CPU milliseconds by renderer, round and photo. */
  readonly samples: Samples;
  readonly checked: Readonly<Record<string, Checked>>;
  /** Names of peers that are not installed. */
  readonly skipped: readonly string[];
}
