// What the engine and its disposable child process say to each other, over Node's IPC channel (structured clones).

import type { RejectionCode } from '../errors.ts';
import type { Variant } from '../variants.ts';
import type { RenderedImage } from './contract.ts';
import type { DevelopOptions } from './develop.ts';

/** Engine to child: one original to develop. The child works on one at a time. */
export interface RenderOrder {
  readonly original: Uint8Array;
  readonly variants: readonly Variant[];
  readonly options: DevelopOptions;
}

/** Child to engine: it has loaded its libraries, or it has ended its order one way or another. */
export type ChildReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'rendered'; readonly image: RenderedImage }
  | { readonly kind: 'rejected'; readonly code: RejectionCode; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
