// What the suites that share one stack are given.

import type { Stack } from '../../../scripts/soak/stack.ts';

export interface RunningStack {
  readonly stack: Stack;
  /** For whatever a test needs on disk. */
  readonly folder: string;
}
