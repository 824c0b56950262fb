// What a run of cold-start keeps.

import type { Spread } from '../measure/statistics.ts';

export interface ColdStartData {
  readonly rounds: number;
  readonly functions: readonly ColdStart[];
}

interface ColdStart {
  readonly name: string;
  readonly bundleBytes: number;
  /** Packages that parts of are in the bundle, by bytes, largest first. */
  readonly packages: readonly { readonly name: string; readonly bytes: number }[];
  /** Milliseconds from the beginning of the module's load to its end. */
  readonly loadMs: Spread;
  /** CPU milliseconds of the same. */
  readonly cpuMs: Spread;
}
