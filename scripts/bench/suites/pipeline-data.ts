// What a run of pipeline keeps.

import type { PhotoSet } from '../photos.ts';

export interface PipelineData {
  readonly photos: PhotoSet;
  /** Milliseconds from the upload's answer to the arrival of `image.ready`, one upload at a time. */
  readonly latencyMs: readonly number[];
  readonly sustained: {
    readonly uploads: number;
    /** From the first upload's beginning to the last image event. */
    readonly seconds: number;
    /** CPU milliseconds an image of both workers, imaging processes included. */
    readonly functionsCpuMs: number;
  };
  /** CPU milliseconds an image of the renditions task alone, S3 in memory: before and after the uploads. */
  readonly bareCpuMs: readonly [number, number];
}
