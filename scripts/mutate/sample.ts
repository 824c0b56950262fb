// Which mutants are tried: a share of them, by a seed, each judged by itself, so that the same seed tries the same ones.

import { createHash } from 'node:crypto';

export interface Mutant {
  readonly fileName: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

export interface Sample {
  readonly seed: number;
  /** From 0 to 1. */
  readonly share: number;
}

export function isSampled(
  { fileName, mutatorName, replacement, location }: Mutant,
  { seed, share }: Sample,
): boolean {
  // Nothing of where the project lies: the same seed means the same mutants on every machine.
  const file = fileName.slice(fileName.lastIndexOf('/shared/') + 1);
  const { line, column } = location.start;
  const identity = JSON.stringify([seed, file, mutatorName, replacement, line, column]);
  return createHash('sha256').update(identity).digest().readUInt32BE() / 2 ** 32 < share;
}
