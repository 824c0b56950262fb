// What one image asks of the photos that it is among.

import type { Image } from '../../../client/src/client.ts';

/** The photos that the gallery shows. It fires `darkroom-photos` when they may be others. */
export interface ShownPhotos extends EventTarget {
  /** What is known of one. */
  imageOf(imageId: string): Image | undefined;
  neighborsOf(imageId: string): {
    readonly previous?: string | undefined;
    readonly next?: string | undefined;
  };
  /** Leads the keyboard to it, or to what took its place. */
  focusOn(imageId: string): void;
}
