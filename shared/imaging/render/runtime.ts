// How the imaging process works and cleans up: one original at a time, with nothing remembered between them.

import sharp from 'sharp';

/** What libvips may read: what is decoded here, and no other of its loaders, whatever a file looks like to it. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff', 'Svg'].map(
  (name) => `VipsForeignLoad${name}`,
);

/** On one core, and without a cache: originals do not repeat. */
export function configureSharp(): void {
  sharp.concurrency(1);
  sharp.cache(false);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders });
}

/**
 * To be called after each original. V8 lets 64 MB outside its heap lie before it collects. What an original leaves is
 * young: to collect it takes 1 ms.
 */
export function collect(): void {
  globalThis.gc?.({ type: 'minor' });
}
