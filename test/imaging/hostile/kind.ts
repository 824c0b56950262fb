// A kind of hostile file: what makes it hostile, and files of it in several sizes.

import type { ByteSource } from '../../../shared/imaging/contract.ts';

export interface HostileKind {
  readonly name: string;
  /** Multiples of what the kind repeats: a file for each. */
  readonly sizes: readonly number[];
  readonly file: (size: number) => Uint8Array | ByteSource;
}
