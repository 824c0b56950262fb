// What the suites that share one stack are given.

import type { RunningStack } from '../../../scripts/stack/running-stack.ts';

/** The stack, and a folder for whatever a test needs on disk. */
export type Running = () => RunningStack & { readonly folder: string };
