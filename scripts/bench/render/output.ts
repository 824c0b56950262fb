// A way of making renditions, and what it hands back.

import type { Variant } from '../../../shared/domain/variants.ts';

export interface Output {
  /** The variant's name. */
  readonly variant: string;
  readonly body: Uint8Array;
}

export interface Renderer {
  readonly name: string;
  /** Makes one encoded picture a variant, in any order. */
  render(original: Buffer, variants: readonly Variant[]): Promise<readonly Output[]>;
  close?(): Promise<void>;
}
