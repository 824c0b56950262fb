// What a peer is: somebody else's way of making the same JPEGs, where it is installed.

import type { Renderer } from '../render/output.ts';

export interface Peer {
  readonly name: string;
  /** The renderer, or undefined where it is not installed. */
  open(): Promise<Renderer | undefined>;
}

/** JPEG quality, everybody's. */
export const quality = 80;
