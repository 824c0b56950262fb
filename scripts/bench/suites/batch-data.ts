// What a run of batch keeps.

import type { Spread } from '../measure/statistics.ts';
import type { PhotoSet } from '../photos.ts';

export interface BatchData {
  readonly photos: PhotoSet;
  readonly rounds: number;
  readonly batchSize: number;
  readonly latencyMs: readonly [number, number];
  /** Wall milliseconds of a batch, by what is made and way of working. */
  readonly walls: readonly {
    readonly made: string;
    readonly way: string;
    readonly rounds: readonly number[];
  }[];
  /** Milliseconds from the deadline of a runaway decode. */
  readonly runaway: { readonly dead: Spread; readonly replaced: Spread };
}
